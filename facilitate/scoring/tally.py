"""How often each answer was given: all that the ranking itself needs to know of a room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.ballots import DONT_KNOW, STATES, Ballots, alphabetical, off_scale
from facilitate.scoring.errors import BadInput
from facilitate.scoring.rounding import Number, common_denominator, exact
from facilitate.scoring.scales import Criterion, check_weights, level_count

Counts = NDArray[np.int64]

# idea, criterion, answer (as in ballots.Row), and how many people gave it.
CountRow = tuple[str, str, Number | None, int]


@dataclass(frozen=True)
class Units:
    """The unit values of one criterion's distinct answers as integers over one denominator: exact and fast."""

    numerators: tuple[int, ...]
    denominator: int


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts per idea and answer.

    `counts[c]` has the shape ideas × distinct values of criterion c, in the order of `values[c]`; `dont_know` is
    ideas × criteria; `scorers` (people with a number that counts) and `recused` (people) have one entry per idea.
    """

    ideas: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    values: tuple[tuple[Fraction, ...], ...]
    counts: tuple[Counts, ...]
    dont_know: Counts
    scorers: Counts
    recused: Counts

    @cached_property
    def n(self) -> Counts:
        """n_ic: eligible numeric answers, ideas × criteria."""
        shape = (len(self.ideas), len(self.criteria))
        columns = [counts.sum(axis=1) for counts in self.counts]
        return np.stack(columns, axis=1) if columns else np.zeros(shape, dtype=np.int64)

    @cached_property
    def units(self) -> tuple[Units, ...]:
        return tuple(units(each, values) for each, values in zip(self.criteria, self.values, strict=True))

    @property
    def weighted(self) -> list[int]:
        return [c for c, each in enumerate(self.criteria) if each.counts]

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """L per criterion (R11)."""
        return tuple(level_count(each, values) for each, values in zip(self.criteria, self.values, strict=True))

    def moments(self, c: int, power: int = 1) -> list[int]:
        """Σ of the unit numerators to a power, per idea: exact integers."""
        weights = [numerator**power for numerator in self.units[c].numerators]
        return _exact_product(self.counts[c], weights)


def units(criterion: Criterion, values: Sequence[Fraction]) -> Units:
    shares = [criterion.unit(value) for value in values]
    denominator = common_denominator(shares)
    return Units(tuple(int(share * denominator) for share in shares), denominator)


def _exact_product(counts: Counts, weights: list[int]) -> list[int]:
    """counts @ weights in Python integers where 64 bits could overflow."""
    largest = int(counts.sum(axis=1).max(initial=0)) * max(map(abs, weights), default=0)
    kind: Any = np.int64 if largest < 2**62 else object
    return [int(total) for total in counts.astype(kind) @ np.array(weights, dtype=kind)]


def tally(ballots: Ballots) -> Tally:
    """Count the answers of the ballots."""
    return Tally(
        ballots.ideas,
        ballots.criteria,
        ballots.values,
        tuple(_counts(ballots.codes[:, c, :], len(values)) for c, values in enumerate(ballots.values)),
        (ballots.codes == DONT_KNOW).sum(axis=2).astype(np.int64),
        ballots.numbers.sum(axis=1).astype(np.int64),
        ballots.recused.sum(axis=1).astype(np.int64),
    )


def _counts(codes: NDArray[np.int32], levels: int) -> Counts:
    ideas = codes.shape[0]
    cells = codes + np.arange(ideas, dtype=np.int64)[:, None] * levels
    flat = np.bincount(cells[codes >= 0], minlength=ideas * levels)
    return flat.reshape(ideas, levels).astype(np.int64)


def tally_of_counts(
    criteria: Sequence[Criterion],
    rows: Iterable[CountRow],
    *,
    ideas: Iterable[str] = (),
    scorers: Mapping[str, int] | None = None,
    recused: Mapping[str, int] | None = None,
) -> Tally:
    """A tally from grouped counts, as a database gives them: (idea, criterion, answer, count).

    `recused` and blank rows are passed over: people are counted by `scorers` and `recused`, one number per idea.
    Raises BadInput for an unknown criterion or a score off its scale.
    """
    check_weights(criteria)
    known = {each.code: each for each in criteria}
    grouped = [_checked(known, row) for row in rows]
    names = tuple(sorted({*ideas, *(row[0] for row in grouped)}, key=alphabetical))
    values = tuple(
        tuple(sorted({answer for _, code, answer, _ in grouped if code == each.code and isinstance(answer, Fraction)}))
        for each in criteria
    )
    counts = tuple(np.zeros((len(names), len(v)), dtype=np.int64) for v in values)
    dont_know = np.zeros((len(names), len(criteria)), dtype=np.int64)
    idea_at, criterion_at = _places(names), _places([each.code for each in criteria])
    for idea, code, answer, count in grouped:
        i, c = idea_at[idea], criterion_at[code]
        if isinstance(answer, Fraction):
            counts[c][i, values[c].index(answer)] += count
        elif answer == DONT_KNOW:
            dont_know[i, c] += count
    people = [np.array([(given or {}).get(name, 0) for name in names], dtype=np.int64) for given in (scorers, recused)]
    return Tally(names, tuple(criteria), values, counts, dont_know, *people)


def _checked(known: Mapping[str, Criterion], row: CountRow) -> tuple[str, str, Fraction | int, int]:
    idea, code, answer, count = row
    if code not in known:
        raise BadInput("an answer to a criterion that does not exist", value=code)
    if answer is None or (isinstance(answer, str) and answer in STATES):
        return idea, code, STATES[answer], count
    value = exact(answer)
    if not known[code].holds(value):
        raise BadInput(off_scale(known[code]), value=answer)
    return idea, code, value, count


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}
