"""The answers of an event as the scoring engine wants them, and what was left out on the way."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from facilitate.extensions import db
from facilitate.models import Ballot, Event, Idea, Organization, Participant, Recusal, Score, said
from facilitate.models import Criterion as Asked
from facilitate.models.ballot_version import first_round
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
    round: int = 1
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


def rows(event: Event, whose: ColumnElement[bool] | None = None) -> list[Row]:
    """Every counted answer, of all ballots that count or of those that are asked for."""
    return answers(event, whose).counted


class Answers(NamedTuple):
    """What the room said, and what of it counts (R18)."""

    counted: list[Row]
    """In each idea's own round; an earlier answer only where it was announced that it fills a blank."""
    earlier: list[Row]
    """What was said in the rounds before."""
    rounds: dict[str, int]
    """Idea to the round that counts for it."""


def answers(event: Event, whose: ColumnElement[bool] | None = None) -> Answers:
    """The answers on the ballot as it is now."""
    home, rounds = _homes(event)
    given = _given(event, home, rounds, in_the_count(event) if whose is None else whose)
    last: dict[tuple[str, str, str], Row] = {}
    for row in sorted(given, key=lambda row: row.round):
        if event.fall_back or row.round == rounds[row.idea]:
            last[row.idea, row.criterion, row.ballot] = row
    return Answers(
        list(last.values()),
        [row for row in given if last.get((row.idea, row.criterion, row.ballot)) is not row],
        rounds,
    )


def _given(event: Event, home: dict[int, str], rounds: dict[str, int], whose: ColumnElement[bool]) -> list[Row]:
    """Every answer up to the round that counts for its idea.

    A merged idea's answers count for the one it went into: each rater once in a round, the newest.
    """
    codes = {criterion.id: criterion.code for criterion in event.criteria}
    newest: dict[tuple[str, str, str, int], tuple[int, str]] = {}
    stored = (
        select(Score.ballot_id, Score.idea_id, Score.criterion_id, Score.round, Score.seq, Score.answer, Score.value)
        .join(Ballot, Ballot.id == Score.ballot_id)
        .where(whose, Score.round >= began(event), Score.answer != "blank")
    )
    for ballot, idea, criterion, round_, seq, answer, value in db.session.execute(stored):
        if idea not in home or round_ > rounds[home[idea]]:
            continue
        key = (home[idea], codes[criterion], ballot, round_)
        if key not in newest or newest[key][0] < seq:
            newest[key] = (seq, answer if value is None else plain(value))
    recused = _recused(home, whose)
    kept = [
        Row(idea, criterion, ballot, answer, round_, seq)
        for (idea, criterion, ballot, round_), (seq, answer) in newest.items()
        if (ballot, idea) not in recused
    ]
    kept_out = [Row(idea, code, ballot, "recused", rounds[idea]) for ballot, idea in recused for code in codes.values()]
    return kept + kept_out


def began(event: Event) -> int:
    """The first round on the ballot as it is now."""
    return 1 if event.round == 1 else db.session.scalar(first_round(event.id)) or 1


def _homes(event: Event) -> tuple[dict[int, str], dict[str, int]]:
    """Every idea to the one in the ranking that it counts for, and each of those to the round that counts.

    Of ideas that were merged, the highest round counts.
    """
    home: dict[int, str] = {}
    merged: dict[int, int] = {}
    own_round: dict[int, int] = {}
    found = select(Idea.id, Idea.public_id, Idea.state, Idea.is_cut, Idea.merged_into_id, Idea.round)
    for own, public, state, is_cut, into, round_ in db.session.execute(found.where(Idea.event_id == event.id)):
        own_round[own] = round_
        if state == "shown" and not is_cut:
            home[own] = public
        elif state == "merged" and into is not None:
            merged[own] = into
    home |= {own: home[into] for own, into in merged.items() if into in home}
    rounds: dict[str, int] = {}
    for own, public in home.items():
        rounds[public] = max(rounds.get(public, 1), own_round[own])
    return home, rounds


def _recused(home: dict[int, str], whose: ColumnElement[bool]) -> set[tuple[str, str]]:
    found = (
        select(Recusal.ballot_id, Recusal.idea_id)
        .join(Ballot, Ballot.id == Recusal.ballot_id)
        .where(whose, Recusal.is_recused == 1)
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
        label=said(criterion.label, "en"),
        levels=len(values),
    )


def whole(event: Event, counted: Iterable[Row] | None = None) -> Ballots:
    """The whole room in one array; everybody with a ballot is in it, answered or not. Groups go by their keys.

    Without `counted` it is made of the answers that count in the ranking.
    """
    keys = {term.id: term.key for term in event.listed("group")}
    everybody = db.session.execute(select(Ballot.id, Ballot.link, Ballot.group_id).where(in_the_count(event))).all()
    named = organizations(event)
    return ballots(
        criteria(event),
        ((row.idea, row.criterion, row.ballot, row.answer) for row in (rows(event) if counted is None else counted)),
        ideas=[idea.public_id for idea in candidates(event)],
        raters=[ballot for ballot, _, _ in everybody],
        groups={ballot: keys.get(group or 0, "") for ballot, _, group in everybody},
        organizations={ballot: named.get(own, "") for ballot, own, _ in everybody},
    )


def states_groups(event: Event) -> bool:
    """Did anybody whose ballot counts say to which group they belong?"""
    stated = select(Ballot.id).where(in_the_count(event), Ballot.group_id.is_not(None))
    return db.session.scalar(stated.limit(1)) is not None


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
