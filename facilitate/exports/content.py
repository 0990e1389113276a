"""What an export is made of: plain frozen data, gathered once from the database. All the rest runs aside on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from zoneinfo import ZoneInfo

from sqlalchemy import select

from facilitate.errors import N_, NotNow
from facilitate.exports.design import Design, design
from facilitate.extensions import db
from facilitate.models import Ballot, Event, Idea, Texts, now, said
from facilitate.models import Criterion as Asked
from facilitate.queries import call, room
from facilitate.queries.ideas import count_by_state
from facilitate.queries.outcomes import settings
from facilitate.scoring.ballots import Ballots, alphabetical, ballots
from facilitate.scoring.outcome import Line, Outcome, evaluate
from facilitate.scoring.scales import Criterion
from facilitate.scoring.settings import Settings


@dataclass(frozen=True)
class Occasion:
    """The event itself, as far as it leaves the house."""

    code: str
    title: Texts
    language: str
    languages: tuple[str, ...]
    day: date
    place: str
    preset: str
    scoring_opened_on: date
    exported_on: date
    is_revealed: bool
    is_rehearsal: bool
    closing_hash: str
    software: str
    admission: str
    heads: int | None


@dataclass(frozen=True)
class Question:
    """A criterion as people were asked: its texts, and `scale` for the engine."""

    scale: Criterion
    weight: str
    label: Texts
    statement: Texts
    helper: Texts
    levels: tuple[tuple[str, Texts], ...]
    evidence_expected: bool

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for value, _ in self.levels)


@dataclass(frozen=True)
class Proof:
    """One item of evidence."""

    type: str
    text: str
    link: str
    place: int = 0
    """Of its type in the event's list, the strongest kind first."""


@dataclass(frozen=True)
class Proposal:
    """An idea with everything that was said about it."""

    id: str
    state: str
    title: str
    short_label: str
    details: str
    kind: str
    sector: str
    community: str
    organization: str
    language: str
    channel: str
    is_late: bool
    reason: str
    merged_into: str
    evidence: tuple[Proof, ...]


@dataclass(frozen=True)
class Person:
    """A ballot and the parts of the room it belongs to."""

    ballot: str
    group: str
    organization: str
    channel: str


@dataclass(frozen=True)
class Content:
    occasion: Occasion
    settings: Settings
    questions: tuple[Question, ...]
    ideas: tuple[Proposal, ...]
    """All but the withdrawn ones, in the order of their titles."""
    withdrawn: int
    people: tuple[Person, ...]
    """Everybody whose ballot counts."""
    set_apart: Mapping[str, int]
    """Why ballots do not count, and how many for each reason."""
    rows: tuple[room.Row, ...]
    """Every answer that counts."""
    earlier: tuple[room.Row, ...]
    """What was said in the rounds before (R18)."""
    rounds: Mapping[str, int]
    """Idea to the round that counts for it."""
    call: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a Call for Proposals says of each shortlisted idea."""
    design: Design = field(default_factory=Design)

    @cached_property
    def outcome(self) -> Outcome:
        """The ranking, computed once for all files of one export."""
        return evaluate(self._room, self.settings)

    @property
    def _room(self) -> Ballots:
        return ballots(
            [question.scale for question in self.questions],
            ((row.idea, row.criterion, row.ballot, row.answer) for row in self.rows),
            ideas=[idea.id for idea in self.ideas if idea.state == "shown"],
            raters=[person.ballot for person in self.people],
            groups={person.ballot: person.group for person in self.people},
            organizations={person.ballot: person.organization for person in self.people},
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.outcome.lines

    @property
    def k(self) -> int:
        """How many people a part of the room, or a histogram, needs in a file (R17)."""
        return self.settings.part_k

    @cached_property
    def by_id(self) -> Mapping[str, Proposal]:
        return {idea.id: idea for idea in self.ideas}

    @cached_property
    def merged(self) -> Counter[str]:
        """How many ideas went into each."""
        return Counter(idea.merged_into for idea in self.ideas if idea.merged_into)

    def in_state(self, state: str) -> list[Proposal]:
        return [idea for idea in self.ideas if idea.state == state]


def gather(event: Event) -> Content:
    """Everything that the files of this event are made of. Refused while scoring is open, and before it ever was."""
    refuse_while_hidden(event)
    answers = room.answers(event)
    return Content(
        occasion=_occasion(event),
        settings=settings(event),
        questions=_questions(event),
        ideas=_ideas(event),
        withdrawn=count_by_state(event)["withdrawn"],
        people=_people(event),
        set_apart=room.set_apart(event),
        rows=tuple(answers.counted),
        earlier=tuple(answers.earlier),
        rounds=answers.rounds,
        call=call.entries(event),
        design=design(event),
    )


def refuse_while_hidden(event: Event) -> None:
    if event.is_scoring:
        raise NotNow(N_("People are still scoring. Until scoring is closed there are no results for anybody."))
    if not event.has_closed_scoring:
        raise NotNow(N_("Nobody has scored yet, so there are no results."))


def _occasion(event: Event) -> Occasion:
    assert event.scoring_opened_at is not None, "refused before scoring was opened"
    zone = ZoneInfo(event.time_zone)
    return Occasion(
        code=event.code,
        title=dict(event.title),
        language=event.language,
        languages=tuple(event.languages),
        day=event.starts_on,
        place=event.place,
        preset=event.preset,
        scoring_opened_on=event.scoring_opened_at.astimezone(zone).date(),
        exported_on=now().astimezone(zone).date(),
        is_revealed=event.is_revealed,
        is_rehearsal=event.is_rehearsal,
        closing_hash=event.closing_hash,
        software=version("facilitate"),
        admission=event.admission,
        heads=event.heads,
    )


def _questions(event: Event) -> tuple[Question, ...]:
    return tuple(_question(asked, scale) for asked, scale in zip(event.criteria, room.criteria(event), strict=True))


def _question(asked: Asked, scale: Criterion) -> Question:
    return Question(
        scale=replace(scale, levels=len(asked.values)),
        weight=asked.weight,
        label=dict(asked.label),
        statement=dict(asked.statement),
        helper=dict(asked.helper),
        levels=tuple((str(level["value"]), dict(level["label"])) for level in asked.levels),
        evidence_expected=asked.evidence_expected,
    )


def _ideas(event: Event) -> tuple[Proposal, ...]:
    """In the order of their titles: the order of the database would tell which came first."""
    found = list(db.session.scalars(event.ideas.select().where(Idea.state != "withdrawn")))
    names = {idea.id: idea.public_id for idea in found}
    proposals = [_proposal(idea, names.get(idea.merged_into_id or 0, ""), event.language) for idea in found]
    return tuple(sorted(proposals, key=lambda idea: (alphabetical(idea.title), idea.id)))


def _proposal(idea: Idea, merged_into: str, language: str) -> Proposal:
    proofs = [
        Proof(said(item.type.label, language), item.text, item.link, item.type.position) for item in idea.evidence
    ]
    return Proposal(
        id=idea.public_id,
        state="cut" if idea.is_shown and idea.is_cut else idea.state,
        title=idea.title,
        short_label=idea.label,
        details=idea.details,
        kind=said(idea.kind.label, language),
        sector=said(idea.sector.label, language) if idea.sector else "",
        community=said(idea.community.label, language) if idea.community else "",
        organization=idea.organization.name if idea.organization else "",
        language=idea.language,
        channel=idea.channel,
        is_late=idea.is_late,
        reason=said(idea.reason.label, language) if idea.reason else "",
        merged_into=merged_into,
        evidence=tuple(sorted(proofs, key=lambda proof: (proof.type, proof.text, proof.link))),
    )


def _people(event: Event) -> tuple[Person, ...]:
    groups = {term.id: said(term.label, event.language) for term in event.listed("group")}
    organizations = room.organizations(event)
    found = db.session.scalars(select(Ballot).where(room.in_the_count(event)))
    return tuple(
        Person(ballot.id, groups.get(ballot.group_id or 0, ""), organizations.get(ballot.link, ""), ballot.channel)
        for ballot in found
    )
