"""What other weights would have changed (R13), and named scenarios (R14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.errors import BadInput
from facilitate.scoring.ranges import SEED
from facilitate.scoring.ranking import CriterionScores, Place, competition_ranks, rank
from facilitate.scoring.rounding import Number, exact, published, tenths
from facilitate.scoring.scales import Criterion, check_weights
from facilitate.scoring.tally import Tally

DRAWS = 1_000
WIDTH = 0.25


@dataclass(frozen=True)
class WeightCheck:
    """Per ranked idea, in the order given: rank under equal weights, and the share of weightings that keep it on top.

    `without` maps a criterion's code to the ranks when it is left out; empty where only one criterion counts.
    """

    equal: tuple[int, ...]
    top_share: tuple[Fraction, ...]
    without: Mapping[str, tuple[int, ...]]


def check(scores: CriterionScores, criteria: Sequence[Criterion], top: int) -> WeightCheck:
    """R13 for ranked ideas. `scores`: C_ic (or their group means), ideas × criteria, complete where weights count."""
    counting = [c for c, each in enumerate(criteria) if each.counts]
    table = [[row[c] or Fraction(0) for c in counting] for row in scores]
    weights = [criteria[c].weight for c in counting]
    return WeightCheck(
        tuple(_ranks(table, [Fraction(1)] * len(weights))),
        tuple(_top_shares(table, weights, top)),
        {criteria[c].code: tuple(_without(table, weights, at)) for at, c in enumerate(counting) if len(counting) > 1},
    )


def _ranks(table: list[list[Fraction]], weights: Sequence[Fraction]) -> list[int]:
    total = sum(weights, Fraction(0))
    sums = [sum((w * x for w, x in zip(weights, row, strict=True)), Fraction(0)) for row in table]
    return competition_ranks([published(100 * each / total) for each in sums])


def _without(table: list[list[Fraction]], weights: Sequence[Fraction], left_out: int) -> list[int]:
    rest = [*weights[:left_out], *weights[left_out + 1 :]]
    return _ranks([[*row[:left_out], *row[left_out + 1 :]] for row in table], rest)


def _top_shares(table: list[list[Fraction]], weights: Sequence[Fraction], top: int) -> list[Fraction]:
    """The share of 1,000 weightings, each weight times its own factor from .75 to 1.25, in which the idea is on top.

    Factors are dealt to criteria by weight and scores, not by name, so that the order of a file changes nothing.
    """
    if not table:
        return []
    order = sorted(range(len(weights)), key=lambda c: (-weights[c], sorted(row[c] for row in table)))
    numbers = np.array([[float(row[c]) for c in order] for row in table])
    heaviest = max(weights)
    base = np.array([float(weights[c] / heaviest) for c in order])
    factors = np.random.RandomState(SEED).uniform(1 - WIDTH, 1 + WIDTH, size=(DRAWS, len(order)))
    drawn = base * factors
    points = tenths(100 * (drawn @ numbers.T) / drawn.sum(axis=1, keepdims=True))
    return [Fraction(int(within), DRAWS) for within in on_top(points, top).sum(axis=0)]


def on_top(points: NDArray[np.int64], top: int) -> NDArray[np.bool_]:
    """Draws × ideas: whose competition rank is `top` or better; a tie across the line is on top as a whole."""
    if top >= points.shape[1]:
        return np.ones(points.shape, dtype=bool)
    line = np.partition(points, points.shape[1] - top, axis=1)[:, points.shape[1] - top]
    within: NDArray[np.bool_] = points >= line[:, None]
    return within


def dominated_pairs(scores: CriterionScores, criteria: Sequence[Criterion]) -> list[tuple[int, int]]:
    """Pairs (A, B) with A ≥ B on every weighted criterion and above on one: no weighting can put B first."""
    columns = [_dense([row[c] or Fraction(0) for row in scores]) for c, each in enumerate(criteria) if each.counts]
    if not columns or not scores:
        return []
    table = np.array(columns)
    at_least = (table[:, :, None] >= table[:, None, :]).all(axis=0)
    return [(int(a), int(b)) for a, b in np.argwhere(at_least & ~at_least.T)]


def _dense(values: list[Fraction]) -> list[int]:
    """Exact comparison with small integers: the place of each value among the distinct ones."""
    place = {value: at for at, value in enumerate(sorted(set(values)))}
    return [place[value] for value in values]


@dataclass(frozen=True)
class Scenario:
    """R14: other weights after scoring, with who, when and why. The locked baseline stays in every export."""

    name: str
    author: str
    at: datetime
    reason: str
    weights: Mapping[str, Fraction]

    def criteria(self, baseline: Sequence[Criterion]) -> tuple[Criterion, ...]:
        return tuple(replace(each, weight=self.weights.get(each.code, each.weight)) for each in baseline)

    def rank(self, tally: Tally, minimum: int) -> tuple[Place, ...]:
        """The ranking under these weights; raises BadInput where they are all 0 or one is negative."""
        criteria = self.criteria(tally.criteria)
        check_weights(criteria)
        return rank(replace(tally, criteria=criteria), minimum)


def scenario(name: str, *, author: str, at: datetime, reason: str, weights: Mapping[str, Number]) -> Scenario:
    """A scenario; raises BadInput without a name or a reason, or for a weight that is no number."""
    if not name.strip() or not reason.strip():
        raise BadInput("a scenario needs a name and a reason")
    return Scenario(name, author, at, reason, {code: exact(weight) for code, weight in weights.items()})
