"""What a scribe sees: the ballots typed in so far, and one of them as a grid of ideas and criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from facilitate.extensions import db
from facilitate.models import Ballot, Event, Idea, Score, Texts
from facilitate.models.casting import DONT_KNOW
from facilitate.models.idea import on_ballot
from facilitate.models.score import plain
from facilitate.queries.ballot_paper import recusals

DONT_KNOW_KEY = "?"
"""What is typed for "don't know"."""


@dataclass(frozen=True)
class Transcript:
    id: str
    number: str
    channel: str
    answers: int
    of: int


@dataclass(frozen=True)
class Column:
    code: str
    label: Texts
    keys: tuple[str, ...]
    """What may be typed: the levels, and "?"."""


@dataclass(frozen=True)
class GridRow:
    number: int
    """As on the printed ballot."""
    idea: str
    title: str
    cells: tuple[str, ...]
    recused: str
    """Why this ballot keeps out of the idea; empty where it does not."""


@dataclass(frozen=True)
class Grid:
    ballot: str
    number: str
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]


def printed_order(event: Event) -> list[Idea]:
    """The ideas on the ballot in the one order that all papers share."""
    return list(db.session.scalars(select(Idea).where(on_ballot(event.id, event.round)).order_by(Idea.id)))


def transcripts(event: Event) -> list[Transcript]:
    """All ballots that scribes have begun, by their printed numbers."""
    given = func.count(Score.idea_id)
    rows = db.session.execute(
        select(Ballot.id, Ballot.paper, Ballot.channel, given)
        .outerjoin(Score, (Score.ballot_id == Ballot.id) & (Score.round == event.round) & (Score.answer != "blank"))
        .where(Ballot.event_id == event.id, Ballot.paper.is_not(None))
        .group_by(Ballot.id, Ballot.paper, Ballot.channel)
    )
    of = len(printed_order(event)) * len(event.criteria)
    found = [Transcript(own, paper or "", channel, count, of) for own, paper, channel, count in rows]
    return sorted(found, key=lambda one: (len(one.number), one.number))


def columns(event: Event) -> tuple[Column, ...]:
    return tuple(Column(each.code, each.label, (*each.values, DONT_KNOW_KEY)) for each in event.criteria)


def grid(event: Event, ballot: Ballot, typed: Mapping[tuple[str, str], str] | None = None) -> Grid:
    """One ballot as typed so far, or with what was just typed and not saved."""
    kept, out = answers(event, ballot), recusals(ballot)
    shown = typed if typed is not None else kept
    return Grid(
        ballot.id,
        ballot.paper or "",
        columns(event),
        tuple(
            GridRow(
                number,
                idea.public_id,
                idea.title,
                tuple(shown.get((idea.public_id, criterion.code), "") for criterion in event.criteria),
                out.get(idea.id, ""),
            )
            for number, idea in enumerate(printed_order(event), 1)
        ),
    )


def answers(event: Event, ballot: Ballot) -> dict[tuple[str, str], str]:
    """Idea and criterion to what stands on the ballot, as it is typed."""
    codes = {criterion.id: criterion.code for criterion in event.criteria}
    rows = db.session.execute(
        select(Idea.public_id, Score.criterion_id, Score.answer, Score.value)
        .join(Idea, Idea.id == Score.idea_id)
        .where(Score.ballot_id == ballot.id, Score.round == event.round, Score.answer != "blank")
    )
    return {
        (idea, codes[criterion]): DONT_KNOW_KEY if answer == DONT_KNOW or value is None else plain(value)
        for idea, criterion, answer, value in rows
    }
