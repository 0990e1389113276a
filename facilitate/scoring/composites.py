"""One number per person and idea, and the two-way fit that ranges and severity stand on (R12, R15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.ballots import Ballots
from facilitate.scoring.tally import Tally
from facilitate.scoring.trimming import kept_shares

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Composites:
    """y_ir in points, ideas × raters, 0 where `given` is false."""

    points: Floats
    given: Truths

    @cached_property
    def per_idea(self) -> NDArray[np.int64]:
        return np.asarray(self.given.sum(axis=1), dtype=np.int64)

    @cached_property
    def per_rater(self) -> NDArray[np.int64]:
        return np.asarray(self.given.sum(axis=0), dtype=np.int64)

    def of(self, ideas: Sequence[int] | NDArray[np.int64]) -> Composites:
        """Some ideas, in that order, and the people who answered one of them."""
        at = np.asarray(ideas, dtype=np.int64)
        people = np.logical_or.reduce(self.given[at], axis=0)
        return Composites(self.points[at][:, people], self.given[at][:, people])

    @cached_property
    def connected(self) -> bool:
        """Whether the rater–idea graph hangs together, so that severities can be compared at all."""
        if not self.given.size:
            return False
        ideas = np.arange(self.given.shape[0]) == 0
        while True:
            raters = np.logical_or.reduce(self.given[ideas], axis=0)
            reached = ideas | np.logical_or.reduce(self.given[:, raters], axis=1)
            if (reached == ideas).all():
                return bool(ideas.all() and raters.all())
            ideas = reached


def composites(ballots: Ballots, full: Tally, left: Tally) -> Composites:
    """y_ir = 100 Σ w u / Σ w over the weighted criteria that r answered on i, in points.

    `full` is the tally of the ballots, `left` the same after trimming: a trimmed answer counts with the share left.
    """
    shape = (len(ballots.ideas), len(ballots.raters))
    total, weight = np.zeros(shape), np.zeros(shape)
    shares = None if left is full else kept_shares(full, left)
    for c in ballots.weighted:
        codes, part = ballots.codes[:, c, :], float(_share(ballots, c))
        units = np.array([float(ballots.criteria[c].unit(value)) for value in ballots.values[c]])
        counted = _weights(codes, part, None if shares is None else shares[c])
        # Three zeros at the end catch the codes of blank, don't know and recused.
        total += counted * np.append(units, [0.0, 0.0, 0.0])[codes]
        weight += counted
    given = weight > 0
    return Composites(np.divide(100 * total, weight, out=np.zeros(shape), where=given), given)


def _share(ballots: Ballots, c: int) -> Fraction:
    return ballots.criteria[c].weight / sum((each.weight for each in ballots.criteria), Fraction(0))


def _weights(codes: NDArray[np.int32], part: float, shares: Floats | None) -> Floats:
    answered = codes >= 0
    if shares is None:
        return np.where(answered, part, 0.0)
    at = np.clip(codes, 0, None)
    return np.where(answered, part * np.take_along_axis(shares, at, axis=1), 0.0) if shares.size else np.zeros(at.shape)


@dataclass(frozen=True, eq=False)
class Fit:
    """Least squares y_ir = a_i + b_r: idea levels a, severities b (Σb = 0), residuals e (0 where nothing was given)."""

    levels: Floats
    severities: Floats
    residuals: Floats


def fit(composites: Composites, ridge: float = 0.0) -> Fit:
    """The two-way fit of connected composites; `ridge` is λ on Σb² (R15). Solves one ideas × ideas system."""
    given, points = composites.given.astype(np.float64), composites.points
    shrunk = composites.per_rater + ridge
    system = np.diag(composites.per_idea.astype(np.float64)) - (given / shrunk) @ given.T
    right = points.sum(axis=1) - given @ (points.sum(axis=0) / shrunk)
    if not ridge:
        # Without a penalty the levels are known up to a constant only; this fixes it without touching the fit.
        system += 1.0
    levels = np.linalg.solve(system, right)
    severities = (points.sum(axis=0) - given.T @ levels) / shrunk
    if not ridge:
        levels, severities = levels + severities.mean(), severities - severities.mean()
    residuals = np.where(composites.given, points - levels[:, None] - severities[None, :], 0.0)
    return Fit(levels, severities, residuals)


def means_only(composites: Composites) -> Fit:
    """b = 0, for composites that are not connected."""
    levels = composites.points.sum(axis=1) / composites.per_idea
    residuals = np.where(composites.given, composites.points - levels[:, None], 0.0)
    return Fit(levels, np.zeros(composites.points.shape[1]), residuals)
