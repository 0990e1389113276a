"""Dropping the highest and the lowest answers per idea and criterion (R15, off by default)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.tally import Counts, Tally

# "An option where n ≥ 5": one answer off each end leaves more than half of five; N off each end need 4 N + 1.
FEWEST = 5


def trimmed(tally: Tally, trim: int) -> Tally:
    """The tally without the `trim` highest and lowest answers, wherever enough were given; `scorers` stays."""
    if trim == 0:
        return tally
    return replace(tally, counts=tuple(_trimmed(counts, trim) for counts in tally.counts))


def _trimmed(counts: Counts, trim: int) -> Counts:
    enough = counts.sum(axis=1) >= max(FEWEST, 4 * trim + 1)
    cut = _without_lowest(_without_lowest(counts, trim)[:, ::-1], trim)[:, ::-1]
    return np.where(enough[:, None], cut, counts)


def _without_lowest(counts: Counts, trim: int) -> Counts:
    below = np.cumsum(counts, axis=1) - counts
    left: Counts = counts - np.clip(trim - below, 0, counts)
    return left


def kept_shares(before: Tally, after: Tally) -> list[NDArray[np.float64]]:
    """Which share of each answer is left, per criterion, ideas × values.

    Where m people share the highest answer and one is dropped, each keeps (m − 1)/m of it: nobody is picked by
    the order of a list.
    """
    return [
        np.divide(left, all_, out=np.ones(all_.shape), where=all_ > 0)
        for all_, left in zip(before.counts, after.counts, strict=True)
    ]
