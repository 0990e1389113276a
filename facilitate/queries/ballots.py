"""The ballots as a host may look through them: how much is on each and what is odd about it, never what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from facilitate.errors import N_
from facilitate.extensions import db
from facilitate.models import Ballot, Event, Score, Texts
from facilitate.scoring.privacy import columns_to_name

TELLING = 8
"""From so many answers on it is odd that all are equal, or that two ballots are."""

REASONS = {
    "twice": N_("Somebody has two ballots"),
    "outsider": N_("Somebody outside the room"),
    "trial": N_("A trial of the team"),
    "machine": N_("Looks filled in by a machine"),
    "other": N_("Another reason, in the minutes"),
}
SIGNS = {
    "equal": N_("All answers are equal"),
    "twin": N_("The same answers as another ballot"),
}
CHANNELS = {
    "phone": N_("Phone"),
    "remote": N_("Remote"),
    "scribe": N_("Scribe"),
    "paper": N_("Paper"),
    "rehearsal": N_("Rehearsal"),
}


@dataclass(frozen=True)
class Line:
    number: int
    """Its place in this list, which is in no order that tells anything."""
    id: str
    answers: int
    signs: tuple[str, ...]
    group: Texts | None
    channel: str
    excluded: str | None


@dataclass(frozen=True)
class BallotsToCheck:
    lines: tuple[Line, ...]
    empty: int
    columns: tuple[str, ...]
    """What may be said of each: a column only where every value in it holds enough people."""

    @property
    def apart(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.excluded)

    @property
    def odd(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.signs and not line.excluded)

    @property
    def others(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.signs and not line.excluded)


def ballots_to_check(event: Event) -> BallotsToCheck:
    """Every ballot with an answer on it, in the order of its random key."""
    ballots = db.session.scalars(select(Ballot).where(Ballot.event_id == event.id).order_by(Ballot.id)).all()
    answers = _answers(event)
    filled = [ballot for ballot in ballots if ballot.id in answers]
    same = Counter(frozenset(answers[ballot.id].items()) for ballot in filled)
    columns = columns_to_name(filled, ("group_id", "channel"), event.k_board)
    if len({ballot.channel for ballot in filled}) < 2:
        columns = [column for column in columns if column != "channel"]  # it would say the same of all
    groups = {term.id: term.label for term in event.listed("group")}
    return BallotsToCheck(
        tuple(
            Line(
                number,
                ballot.id,
                len(answers[ballot.id]),
                _signs(answers[ballot.id], same),
                groups.get(ballot.group_id or 0) if "group_id" in columns else None,
                ballot.channel if "channel" in columns else "",
                ballot.excluded,
            )
            for number, ballot in enumerate(filled, 1)
        ),
        len(ballots) - len(filled),
        tuple(columns),
    )


Answered = dict[tuple[int, int], str | float]


def _answers(event: Event) -> dict[str, Answered]:
    """Ballot to its answers by idea and criterion."""
    found: dict[str, Answered] = {}
    given = (
        select(Score.ballot_id, Score.idea_id, Score.criterion_id, Score.answer, Score.value)
        .join(Ballot, Ballot.id == Score.ballot_id)
        .where(Ballot.event_id == event.id, Score.round == event.round, Score.answer != "blank")
    )
    for ballot, idea, criterion, answer, value in db.session.execute(given):
        found.setdefault(ballot, {})[idea, criterion] = answer if value is None else value
    return found


def _signs(answers: Answered, same: Counter[frozenset[tuple[tuple[int, int], str | float]]]) -> tuple[str, ...]:
    if len(answers) < TELLING:
        return ()
    equal = ("equal",) if len(set(answers.values())) == 1 else ()
    twin = ("twin",) if same[frozenset(answers.items())] > 1 else ()
    return equal + twin
