"""Ideas that say the same: after a merge, every rater counts once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from facilitate.scoring.ballots import Row
from facilitate.scoring.rounding import Number

# idea, criterion, rater, a counter that grows inside the ballot, and the answer.
StampedRow = tuple[str, str, str, int, Number | None]


def home(idea: str, into: Mapping[str, str]) -> str:
    """The idea that stands for this one in the ranking, through merges of merges."""
    seen = {idea}
    while idea in into and into[idea] not in seen:
        idea = into[idea]
        seen.add(idea)
    return idea


def merged_rows(rows: Iterable[StampedRow], into: Mapping[str, str]) -> list[Row]:
    """The rows that count once `into` says which idea went into which; the originals are not touched.

    The newest answer per criterion to any of the merged ideas counts; a blank is no answer. Who is recused on one of
    them has a stake in all they became.
    """
    by_age = sorted(rows, key=lambda row: row[3])
    counted: dict[tuple[str, str, str], Number | None] = {}
    recused = {(home(idea, into), rater) for idea, _, rater, _, answer in by_age if answer == "recused"}
    for idea, criterion, rater, _, answer in by_age:
        key = (home(idea, into), criterion, rater)
        if answer not in (None, "") or key not in counted:
            counted[key] = "recused" if (key[0], rater) in recused else answer
    return [(*key, answer) for key, answer in counted.items()]
