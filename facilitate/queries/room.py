"""The answers of an event as the scoring engine wants them, and what was left out on the way."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from facilitate.extensions import db
from facilitate.models import Ballot, Event, Idea, Organization, Participant, Recusal, Score
from facilitate.models import Criterion as Asked
from facilitate.models.people import link
from facilitate.models.score import plain
from facilitate.scoring.ballots import Ballots, ballots
from facilitate.scoring.scales import Criterion


class Row(NamedTuple):
    """One line of `ballots.csv`: an answer, or (criterion by criterion) a recusal."""

    idea: str
    criterion: str
    ballot: str
    answer: str
    seq: int = 0
    """The answer's number inside its ballot; it never leaves."""


def in_the_count(event: Event) -> ColumnElement[bool]:
    """Which ballots count: all of the event but those set apart."""
    return and_(Ballot.event_id == event.id, Ballot.excluded.is_(None))


def set_apart(event: Event) -> dict[str, int]:
    """Why ballots were set apart, and how many for each reason."""
    apart = select(Ballot.excluded, func.count()).where(Ballot.event_id == event.id, Ballot.excluded.is_not(None))
    rows = db.session.execute(apart.group_by(Ballot.excluded).order_by(Ballot.excluded))
    return {why: count for why, count in rows if why}


def candidates(event: Event) -> list[Idea]:
    """The ideas that stand in the ranking."""
    return list(db.session.scalars(event.ideas.select().where(Idea.state == "shown", ~Idea.is_cut).order_by(Idea.id)))


def rows(event: Event) -> list[Row]:
    """Every counted answer. A merged idea's answers count for the one it went into: each rater once, the newest."""
    codes = {criterion.id: criterion.code for criterion in event.criteria}
    home, names = _homes(event)
    newest: dict[tuple[str, int, int], tuple[int, str]] = {}
    answers = (
        select(Score.ballot_id, Score.idea_id, Score.criterion_id, Score.seq, Score.answer, Score.value)
        .join(Ballot, Ballot.id == Score.ballot_id)
        .where(in_the_count(event), Score.round == event.round, Score.answer != "blank")
    )
    for ballot, idea, criterion, seq, answer, value in db.session.execute(answers):
        if idea not in home:
            continue
        key = (ballot, home[idea], criterion)
        if key not in newest or newest[key][0] < seq:
            newest[key] = (seq, answer if value is None else plain(value))
    recused = _recused(event, home)
    counted = [
        Row(names[idea], codes[criterion], ballot, answer, seq)
        for (ballot, idea, criterion), (seq, answer) in newest.items()
        if (ballot, idea) not in recused
    ]
    kept_out = [Row(names[idea], code, ballot, "recused") for ballot, idea in recused for code in codes.values()]
    return counted + kept_out


def _homes(event: Event) -> tuple[dict[int, int], dict[int, str]]:
    """Every idea to the one in the ranking that it counts for; and those ones' public ids."""
    home: dict[int, int] = {}
    names: dict[int, str] = {}
    found = select(Idea.id, Idea.public_id, Idea.state, Idea.merged_into_id).where(Idea.event_id == event.id)
    for own, public, state, into in db.session.execute(found):
        if state == "shown":
            home[own], names[own] = own, public
        elif state == "merged" and into is not None:
            home[own] = into
    return {own: into for own, into in home.items() if into in names}, names


def _recused(event: Event, home: dict[int, int]) -> set[tuple[str, int]]:
    found = (
        select(Recusal.ballot_id, Recusal.idea_id)
        .join(Ballot, Ballot.id == Recusal.ballot_id)
        .where(in_the_count(event), Recusal.is_recused == 1)
    )
    return {(ballot, home[idea]) for ballot, idea in db.session.execute(found) if idea in home}


def criteria(event: Event) -> list[Criterion]:
    return [_criterion(criterion) for criterion in event.criteria]


def _criterion(criterion: Asked) -> Criterion:
    values = [Fraction(value) for value in criterion.values]
    return Criterion(
        code=criterion.code,
        weight=Fraction(criterion.weight),
        low=min(values),
        high=max(values),
        lower_is_better=criterion.lower_is_better,
        label=criterion.label.get("en") or next(iter(criterion.label.values())),
        levels=len(values),
    )


def whole(event: Event) -> Ballots:
    """The whole room in one array; everybody with a ballot is in it, answered or not. Groups go by their keys."""
    keys = {term.id: term.key for term in event.listed("group")}
    everybody = db.session.execute(select(Ballot.id, Ballot.link, Ballot.group_id).where(in_the_count(event))).all()
    named = organizations(event)
    return ballots(
        criteria(event),
        ((row.idea, row.criterion, row.ballot, row.answer) for row in rows(event)),
        ideas=[idea.public_id for idea in candidates(event)],
        raters=[ballot for ballot, _, _ in everybody],
        groups={ballot: keys.get(group or 0, "") for ballot, _, group in everybody},
        organizations={ballot: named.get(own, "") for ballot, own, _ in everybody},
    )


def organizations(event: Event) -> dict[str, str]:
    """The link of a ballot to the organization of whoever holds it; nothing once the event's key is destroyed."""
    if event.key is None:
        return {}
    stated = (
        select(Participant, Organization.name)
        .join(Organization, Organization.id == Participant.organization_id)
        .where(Participant.event_id == event.id)
    )
    return {link(event.key, "ballot", person): name for person, name in db.session.execute(stated)}
