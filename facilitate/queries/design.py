"""How the ballot is made, as the console shows it: criteria, weights, how long scoring takes, and who has had a say."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from sqlalchemy import func, select

from facilitate.extensions import db
from facilitate.models import Approval, Ballot, Criterion, Event, Idea, Texts
from facilitate.models.day.design import scale_of
from facilitate.queries.headcount import joined
from facilitate.scoring.rounding import half_up
from facilitate.scoring.sampling import ENOUGH, SECONDS, plan

LONG = 20
"""Minutes of scoring after which people tire."""
GOOD_CUT = 15
"""How many ideas a cut-off vote keeps unless the host says otherwise."""
PEOPLE, IDEAS = 48, 40
"""What a planning day is expected to be like until somebody knows better."""


@dataclass(frozen=True)
class CriterionLine:
    code: str
    label: Texts
    statement: Texts
    levels: tuple[tuple[str, Texts], ...]
    scale: str
    weight: str
    share: int
    """Percent of all weights."""
    lower_is_better: bool
    evidence_expected: bool
    missing: tuple[str, ...]
    """Languages of the event in which something is not said yet."""


@dataclass(frozen=True)
class Choice:
    """One way to score: how many ideas, how many minutes for each person, how many people for each idea."""

    ideas: int
    minutes: int
    scorers: int

    @property
    def is_long(self) -> bool:
        return self.minutes > LONG

    @property
    def is_enough(self) -> bool:
        return self.scorers >= ENOUGH


@dataclass(frozen=True)
class Estimate:
    """How long scoring takes each person."""

    people: int
    ideas: int
    criteria: int
    is_counted: bool
    """Are these the people and ideas that are here, not those expected?"""
    how: str
    everything: Choice
    vote: Choice
    deal: Choice

    @property
    def chosen(self) -> Choice:
        return {"all": self.everything, "vote": self.vote, "deal": self.deal}[self.how]


@dataclass(frozen=True)
class Frozen:
    """The version that is being scored, and who set its weights."""

    number: int
    weighed_by: str
    people: int | None
    were_too_few: bool


@dataclass(frozen=True)
class Design:
    criteria: tuple[CriterionLine, ...]
    estimate: Estimate
    frozen: Frozen | None


@dataclass(frozen=True)
class Kept:
    """An idea after the cut-off vote."""

    id: str
    title: str
    language: str
    approvals: int
    is_cut: bool


def design(event: Event) -> Design:
    total = sum((Fraction(criterion.weight) for criterion in event.criteria), Fraction(0))
    return Design(
        criteria=tuple(_line(criterion, total, event.languages) for criterion in event.criteria),
        estimate=estimate(event),
        frozen=_frozen(event),
    )


def _line(criterion: Criterion, total: Fraction, languages: list[str]) -> CriterionLine:
    return CriterionLine(
        code=criterion.code,
        label=criterion.label,
        statement=criterion.statement,
        levels=tuple((str(level["value"]), level["label"]) for level in criterion.levels),
        scale=scale_of(criterion.levels),
        weight=criterion.weight,
        share=half_up(100 * Fraction(criterion.weight) / total, 0) if total else 0,
        lower_is_better=criterion.lower_is_better,
        evidence_expected=criterion.evidence_expected,
        missing=missing(criterion, languages),
    )


def missing(criterion: Criterion, languages: list[str]) -> tuple[str, ...]:
    """The languages in which a person would not find everything: plain words too, where any language has them."""
    texts = [criterion.label, criterion.statement, *(level["label"] for level in criterion.levels)]
    if criterion.helper:
        texts.append(criterion.helper)
    return tuple(tag for tag in languages if not all(text.get(tag) for text in texts))


def estimate(event: Event) -> Estimate:
    """As expected before the day; once collecting is over, with the people and ideas that are here."""
    steps = [activity.key for activity in event.activities]
    is_past = "collect" in steps and event.position > steps.index("collect")
    here, on_wall = joined(event), _on_wall(event)
    is_counted = is_past and here > 0 and on_wall > 0
    people, ideas = (here, on_wall) if is_counted else (event.expected_people or PEOPLE, event.expected_ideas or IDEAS)
    criteria = max(1, len(event.criteria))
    fitting = plan(ideas=ideas, people=people, criteria=criteria, minutes=LONG).per_person
    how = "vote" if event.cut_to else "deal" if event.per_person else "all"
    return Estimate(
        people=people,
        ideas=ideas,
        criteria=criteria,
        is_counted=is_counted,
        how=how,
        everything=_choice(ideas, ideas, people, criteria),
        vote=_choice(min(event.cut_to or min(GOOD_CUT, fitting), ideas), None, people, criteria),
        deal=_choice(min(event.per_person or fitting, ideas), ideas, people, criteria),
    )


def _choice(scored: int, of: int | None, people: int, criteria: int) -> Choice:
    """`of`: all ideas among which each person gets `scored`; empty where everybody scores the same ones."""
    minutes = ceil(scored * criteria * SECONDS / 60)
    return Choice(scored, minutes, people * scored // of if of else people)


def _on_wall(event: Event) -> int:
    shown = select(func.count()).select_from(Idea).where(Idea.event_id == event.id, Idea.state == "shown")
    return db.session.scalar(shown) or 0


def _frozen(event: Event) -> Frozen | None:
    version = event.frozen_ballot()
    if version is None:
        return None
    said = version.content["weights_set"]
    return Frozen(version.number, said["by"], said.get("people"), bool(said.get("too_few")))


def vote_result(event: Event) -> list[Kept]:
    """What the cut-off vote came to, most approvals first; nothing while it is open, or where too few took part."""
    steps = [activity.key for activity in event.activities]
    if "vote" not in steps or event.position <= steps.index("vote") or event.count_voters() < event.k_board:
        return []
    approvals = event.approvals()
    shown = db.session.scalars(event.ideas.select().where(Idea.state == "shown"))
    kept = [Kept(i.public_id, i.title, i.language, approvals[i.id], i.is_cut) for i in shown]
    return sorted(kept, key=lambda idea: (idea.is_cut, -idea.approvals, idea.title.casefold()))


@dataclass(frozen=True)
class Ticked:
    id: str
    title: str
    language: str
    kind: str
    kind_label: Texts
    is_kept: bool


def voting_page(event: Event, ballot: Ballot) -> tuple[Ticked, ...]:
    """Every idea on the wall, with what this ballot would keep. Each ballot has a random order: none is always last."""
    own = set(db.session.scalars(select(Approval.idea_id).where(Approval.ballot_id == ballot.id)))
    kinds = {term.id: term for term in event.listed("kind")}
    rows = db.session.execute(
        select(Idea.id, Idea.public_id, Idea.title, Idea.language, Idea.kind_id).where(
            Idea.event_id == event.id, Idea.state == "shown"
        )
    )
    ideas = [
        Ticked(public, title, language, kinds[kind].key, kinds[kind].label, idea in own)
        for idea, public, title, language, kind in rows
    ]
    return tuple(sorted(ideas, key=lambda idea: hashlib.sha256(f"{ballot.id}:{idea.id}".encode()).digest()))
