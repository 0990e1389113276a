"""How far people agree on an idea, in numbers and in words (R11)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.composites import Composites
from facilitate.scoring.rounding import published
from facilitate.scoring.tally import Tally

FEWEST_FOR_WORDS = 5
NO_VARIATION = 1e-12


def criterion_agreement(tally: Tally, c: int) -> list[Fraction | None]:
    """A_ic = 1 − 4·Var(u) per idea, population variance, exact; None for n < 2.

    1 is full agreement; 0 is half the room at each end.
    """
    denominator = tally.units[c].denominator
    rows = zip(tally.n[:, c].tolist(), tally.moments(c), tally.moments(c, 2), strict=True)
    return [1 - Fraction(4 * (n * q - s * s), (n * denominator) ** 2) if n > 1 else None for n, s, q in rows]


def agreement(tally: Tally) -> list[Fraction | None]:
    """The weighted mean of A_ic per idea; None where a weighted criterion has fewer than two answers."""
    columns = [criterion_agreement(tally, c) for c in tally.weighted]
    weights = [tally.criteria[c].weight for c in tally.weighted]
    return [_mean([column[i] for column in columns], weights) for i in range(len(tally.ideas))]


def _mean(values: Sequence[Fraction | None], weights: Sequence[Fraction]) -> Fraction | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not known:
        return None
    return sum((w * v for w, v in zip(weights, known, strict=True)), Fraction(0)) / sum(weights, Fraction(0))


def even(levels: int) -> Fraction:
    """A_even = 1 − (L + 1)/(3 (L − 1)): the agreement of an even spread over L levels; .5 for five."""
    return 1 - Fraction(levels + 1, 3 * (levels - 1))


def even_of(tally: Tally) -> Fraction:
    """A_even of an idea: over scales of different length, the weighted mean."""
    weights = [tally.criteria[c].weight for c in tally.weighted]
    return _mean([even(tally.levels[c]) for c in tally.weighted], weights) or Fraction(0)


def word(value: Fraction | None, evenly: Fraction, scorers: int) -> str:
    """The word for the printed agreement; none under five scorers."""
    if value is None or scorers < FEWEST_FOR_WORDS:
        return ""
    shown = published(value, 2)
    if shown >= (1 + evenly) / 2:
        return "broad agreement"
    return "mixed" if shown >= evenly else "divided"


def divided_on(tally: Tally) -> list[tuple[str, ...]]:
    """Per idea the names of the weighted criteria with n ≥ 5 on which people are further apart than an even spread."""
    columns = {c: criterion_agreement(tally, c) for c in tally.weighted}
    return [
        tuple(
            tally.criteria[c].name
            for c, column in columns.items()
            if tally.n[i, c] >= FEWEST_FOR_WORDS and (column[i] or Fraction(0)) < even(tally.levels[c])
        )
        for i in range(len(tally.ideas))
    ]


def expert_agreement(tally: Tally) -> list[Fraction | None]:
    """AEA: the mean share of the most frequent answer over the weighted criteria, unweighted (CHNRI).

    None where a weighted criterion has no number. Source: Rudan et al., Croatian Medical Journal 2008;49:720-733.
    """
    shares = []
    for c in tally.weighted:
        most = tally.counts[c].max(axis=1, initial=0).tolist()
        shares.append([Fraction(m, n) if n else None for m, n in zip(most, tally.n[:, c].tolist(), strict=True)])
    equal = [Fraction(1)] * len(shares)
    return [_mean([column[i] for column in shares], equal) for i in range(len(tally.ideas))]


def alpha(composites: Composites) -> float | None:
    """Krippendorff's alpha, interval, ideas as units; ideas with fewer than two raters stay out.

    None where there is no variation to explain, or nothing to compare. Source: Krippendorff, Computing Krippendorff's
    Alpha-Reliability (2011), with squared differences.
    """
    pairable = composites.per_idea >= 2
    points, given = composites.points[pairable], composites.given[pairable]
    n = int(given.sum())
    if not n:
        return None
    per_idea = given.sum(axis=1)
    means = points.sum(axis=1) / per_idea
    within = (np.where(given, points - means[:, None], 0.0) ** 2).sum(axis=1)
    total = (np.where(given, points - points.sum() / n, 0.0) ** 2).sum()
    if total <= NO_VARIATION * n:
        return None
    return float(1 - (n - 1) / n * (per_idea / (per_idea - 1) * within).sum() / total)


def kendall_w(scores: NDArray[np.float64]) -> float | None:
    """Kendall's W with the correction for ties, of a complete table ideas × raters; None without variation.

    Source: Kendall and Babington Smith, Annals of Mathematical Statistics 1939;10:275-287; ties as in Siegel and
    Castellan, Nonparametric Statistics (1988). None for fewer than two raters or ideas, too.
    """
    ideas, raters = scores.shape
    if ideas < 2 or raters < 2:
        return None
    ranks = np.stack([average_ranks(scores[:, r]) for r in range(raters)], axis=1)
    sums = ranks.sum(axis=1)
    ties = sum(tie_correction(scores[:, r]) for r in range(raters))
    most = raters**2 * (ideas**3 - ideas) / 12 - raters * ties
    return float(((sums - sums.mean()) ** 2).sum() / most) if most > NO_VARIATION else None


def average_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1 for the smallest, the mean rank inside a tie."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: NDArray[np.float64] = (last - (counts - 1) / 2)[inverse]
    return ranks


def tie_correction(values: NDArray[np.float64]) -> float:
    """T = Σ (t³ − t)/12 over the ties of one rater."""
    _, counts = np.unique(values, return_counts=True)
    return float((counts**3 - counts).sum()) / 12
