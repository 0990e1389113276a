"""Which ideas are worth talking about: high, and people are not of one mind (R11)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from statistics import median

import numpy as np

from facilitate.scoring.composites import Composites, Floats
from facilitate.scoring.outcome import Outcome


def discussion_list(outcome: Outcome) -> list[str]:
    """Ideas above the median score that are divided on a criterion or in the top quarter of composite variance.

    In the order of the ranking.
    """
    ranked = [line for line in outcome.lines if line.place.published is not None]
    if not ranked:
        return []
    middle = median(line.place.published or Fraction(0) for line in ranked)
    spread = _top_quarter(variances(outcome.composites, [line.place.index for line in ranked]))
    return [
        line.place.idea
        for line, wide in zip(ranked, spread, strict=True)
        if (line.place.published or 0) > middle and (line.divided_on or wide)
    ]


def variances(composites: Composites, ideas: Sequence[int]) -> Floats:
    """The variance of y_ir per idea, in points², n − 1; 0 for fewer than two people."""
    part = composites.of(ideas)
    n = part.per_idea
    means = part.points.sum(axis=1) / np.maximum(n, 1)
    squares = (np.where(part.given, part.points - means[:, None], 0.0) ** 2).sum(axis=1)
    return np.where(n > 1, squares / np.maximum(n - 1, 1), 0.0)


def _top_quarter(values: Floats) -> list[bool]:
    """Whose value is among the largest quarter (at least one), and is a difference at all."""
    line = np.sort(values)[::-1][max(1, len(values) // 4) - 1]
    return [bool(value >= line and value > 0) for value in values]
