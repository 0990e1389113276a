"""Where an idea would land if other people like these had scored: 90 % rank ranges and bands (R12).

The standard error is that of a two-way layout (ideas and raters) with idea variances drawn towards the common one by
four prior degrees of freedom, as in empirical Bayes moderation of variances (Smyth, Statistical Applications in
Genetics and Molecular Biology 2004;3:3), and a rater component for ideas not everybody scored; the share of draws
per rank follows Goldstein and Spiegelhalter, Journal of the Royal Statistical Society A 1996;159:385-443.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.composites import Composites, Floats, Truths, fit, means_only
from facilitate.scoring.ranking import Place
from facilitate.scoring.rounding import published

SEED = 20180925  # the day of the planning day; printed in method.json
DRAWS = 2_000
LOW, HIGH = 100, 1_900  # which of 2,000 sorted ranks bound the range: 5 % and 95 %
PRIOR = 4  # prior degrees of freedom of an idea's variance
FEWEST_FOR_BAND = 5
SAME = 1e-9  # standard errors closer than this are the same number in another order of summing


@dataclass(frozen=True, eq=False)
class Spread:
    """Standard errors in points and degrees of freedom of t, one per idea in the order of the composites."""

    error: Floats
    freedom: Floats


@dataclass(frozen=True)
class Range:
    """Ranks an idea may hold, and the share of draws in which it is among the first k; None where not available.

    `points` is the 90 % interval of the score itself, within 0 to 100: S ± t se.
    """

    low: int | None = None
    high: int | None = None
    top_share: Fraction | None = None
    points: tuple[float, float] | None = None

    @property
    def available(self) -> bool:
        return self.low is not None


def spread(composites: Composites) -> Spread | None:
    """se_i of R12 from the composites of the ranked ideas; None where no degree of freedom is left (df ≤ 0)."""
    n_ideas, n_raters = composites.given.shape
    total, connected = int(composites.given.sum()), composites.connected
    freedom = total - n_ideas - (n_raters - 1 if connected else 0)
    if freedom <= 0:
        return None
    fitted = fit(composites) if connected else means_only(composites)
    n = composites.per_idea.astype(np.float64)
    squares = (fitted.residuals**2).sum(axis=1)
    common = squares.sum() / freedom
    variance = (PRIOR * common + squares * (total - n_ideas) / freedom) / (PRIOR + n - 1)
    between = _between(fitted.severities, common, composites.per_rater) if connected else 0.0
    return Spread(np.sqrt((variance + between * (1 - n / n_raters)) / n), PRIOR + n - 1)


def _between(severities: Floats, common: float, per_rater: NDArray[np.int64]) -> float:
    """s_b²: how much raters differ, beyond what their own noise makes them differ."""
    return max(0.0, float(severities.var(ddof=1) - common * (1 / per_rater).mean()))


def grouped_spread(parts: Sequence[Composites], counted: Truths) -> Spread | None:
    """R9: the groups' variances combined, Σ se_ig² / G²; degrees of freedom after Welch and Satterthwaite.

    `parts` holds each group's own composites for the same ideas, `counted` (groups × ideas) which group is in which
    idea's mean. None where a group has no degree of freedom left.
    """
    variance = np.zeros(counted.shape)
    freedom = np.ones(counted.shape)
    for g, part in enumerate(parts):
        ideas = np.flatnonzero(counted[g])
        found = spread(part.of(ideas)) if len(ideas) else Spread(np.empty(0), np.empty(0))
        if found is None:
            return None
        variance[g, ideas], freedom[g, ideas] = found.error**2, found.freedom
    total, fourth = variance.sum(axis=0), (variance**2 / freedom).sum(axis=0)
    fewest = np.where(counted, freedom, np.inf).min(axis=0)
    return Spread(np.sqrt(total) / counted.sum(axis=0), np.divide(total**2, fourth, out=fewest, where=fourth > 0))


def ranges(places: Sequence[Place], found: Spread | None, top: int) -> list[Range]:
    """The 90 % rank range and P_top of each ranked place, in the order of `places` (which `found` shares).

    Without a spread the range is not available; one idea alone is first whoever scores, and where `top` holds all
    ideas everybody is within it.
    """
    certain = Fraction(1) if top >= len(places) else None
    if len(places) == 1:
        return [Range(1, 1, Fraction(1))]
    if found is None or not places:
        return [Range(top_share=certain) for _ in places]
    return [_widened(place, drawn) for place, drawn in zip(places, _drawn(places, found, top), strict=True)]


def _widened(place: Place, drawn: Range) -> Range:
    """The range always holds the places of the idea's own published tie."""
    low, high = drawn.low or 1, drawn.high or 1
    return Range(min(low, place.rank or low), max(high, place.last), drawn.top_share, drawn.points)


def _drawn(places: Sequence[Place], found: Spread, top: int) -> list[Range]:
    twins = _twins(places, found)
    order = [i for same in twins for i in same]
    scores = np.array([float(places[i].score or 0) for i in order])
    drawn, random = _draw(scores, found.error[order], found.freedom[order], DRAWS)
    ranks = _ranked(drawn, random)
    points = np.clip(np.sort(drawn, axis=0)[[LOW - 1, HIGH - 1]], 0, 100)
    result = [Range()] * len(places)
    start = 0
    for same in twins:
        share = np.sort(ranks[:, start : start + len(same)], axis=None)
        start += len(same)
        within = points[:, start - len(same) : start].mean(axis=1)
        common = Range(
            int(share[LOW * len(same) - 1]),
            int(share[HIGH * len(same) - 1]),
            Fraction(int(np.searchsorted(share, top, side="right")), DRAWS * len(same)),
            (float(within[0]), float(within[1])),
        )
        for i in same:
            result[i] = common
    return result


def _twins(places: Sequence[Place], found: Spread) -> list[list[int]]:
    """Ideas in the order in which draws are dealt: exact score, then standard error; equals share their draws.

    Two ideas that agree in score, error and number of scorers would differ only by their names; they get the ranks
    of both, so that names and file order change nothing.
    """

    def key(i: int) -> tuple[Fraction, float, float]:
        return -(places[i].score or Fraction(0)), float(found.error[i]), float(found.freedom[i])

    twins: list[list[int]] = []
    for i in sorted(range(len(places)), key=key):
        if twins and _same(key(twins[-1][0]), key(i)):
            twins[-1].append(i)
        else:
            twins.append([i])
    return twins


def _same(one: tuple[Fraction, float, float], other: tuple[Fraction, float, float]) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) <= SAME and abs(one[2] - other[2]) <= SAME


def draw_ranks(scores: Floats, error: Floats, freedom: Floats, draws: int = DRAWS) -> NDArray[np.int64]:
    """Ranks (draws × ideas, 1 is best) of scores + error · t(freedom); ties inside a draw fall at random."""
    return _ranked(*_draw(scores, error, freedom, draws))


def _draw(scores: Floats, error: Floats, freedom: Floats, draws: int) -> tuple[Floats, np.random.RandomState]:
    random = np.random.RandomState(SEED)
    return scores + error * random.standard_t(freedom, size=(draws, len(scores))), random


def _ranked(drawn: Floats, random: np.random.RandomState) -> NDArray[np.int64]:
    order = np.argsort(-drawn, axis=1, kind="stable")
    if (np.diff(np.take_along_axis(drawn, order, axis=1), axis=1) == 0).any():
        order = np.lexsort((random.random_sample(drawn.shape), -drawn), axis=1)
    ranks = np.empty(drawn.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.arange(1, drawn.shape[1] + 1)[None, :], axis=1)
    return ranks


def band(top_share: Fraction | None, scorers: int) -> str:
    """`in`, `close` or `out` at the funding line, from the printed share; empty under five scorers."""
    if top_share is None or scorers < FEWEST_FOR_BAND:
        return ""
    shown = published(top_share, 3)
    if shown >= Fraction(9, 10):
        return "in"
    return "out" if shown <= Fraction(1, 10) else "close"
