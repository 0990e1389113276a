"""Scoring again after the talk: which round counts, and what the talk moved (R18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from facilitate.scoring.ballots import Row, alphabetical
from facilitate.scoring.ranking import Place
from facilitate.scoring.rounding import Number

# idea, criterion, rater, round and the answer.
RoundRow = tuple[str, str, str, int, Number | None]


@dataclass(frozen=True)
class Movement:
    """An idea before and after; `change` is positive where it rose."""

    idea: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.before - self.after


def final_rows(rows: Iterable[RoundRow], *, fall_back: bool) -> list[Row]:
    """The rows that count: each idea's highest round; ideas that were not scored again keep the round they have.

    With `fall_back` (only where it was announced) the newest earlier answer fills what somebody left blank.
    """
    by_round = sorted(rows, key=lambda row: row[3])
    last = {idea: number for idea, _, _, number, _ in by_round}
    counted: dict[tuple[str, str, str], Number | None] = {}
    for idea, criterion, rater, number, answer in by_round:
        key = (idea, criterion, rater)
        fills = answer not in (None, "") or key not in counted
        if fills and (fall_back or number == last[idea]):
            counted[key] = answer
    return [(*key, answer) for key, answer in counted.items()]


def movements(before: Sequence[Place], after: Sequence[Place]) -> list[Movement]:
    """Ideas ranked both times that changed places, the furthest first, then alphabetical."""
    old = {place.idea: place.rank for place in before if place.rank is not None}
    moved = [
        Movement(place.idea, old[place.idea], place.rank)
        for place in after
        if place.rank is not None and old.get(place.idea, place.rank) != place.rank
    ]
    return sorted(moved, key=lambda each: (-abs(each.change), alphabetical(each.idea)))
