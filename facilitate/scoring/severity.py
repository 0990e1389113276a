"""What strict and mild raters change: a sensitivity column, never the ranking itself (R15).

Ridge estimates of additive rater effects, as in mixed models for panel scores (for example Robinson, That BLUP is a
Good Thing, Statistical Science 1991;6:15-32).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from facilitate.scoring.composites import Composites, Floats, fit
from facilitate.scoring.ranking import Place, competition_ranks
from facilitate.scoring.rounding import tenths

PENALTY = 3.0  # λ on Σb²
FAR = 3  # an idea that moves more places than this is flagged


def adjusted_scores(composites: Composites) -> Floats | None:
    """μ + q_i in points per idea, from y = μ + q_i + b_r with Σq = 0 and λ = 3 on Σb²; None where not connected."""
    return fit(composites, ridge=PENALTY).levels if composites.connected else None


def adjusted_ranks(composites: Composites) -> list[int] | None:
    """Ranks of the adjusted scores, published by R6 and ranked by R7."""
    scores = adjusted_scores(composites)
    return None if scores is None else competition_ranks([int(tenth) for tenth in tenths(np.asarray(scores))])


def movers(places: Sequence[Place], adjusted: Sequence[int] | None, top: int) -> list[str]:
    """Ideas that move more than three places or across the line; `adjusted` in the order of `places`."""
    if adjusted is None:
        return []
    return [
        place.idea
        for place, rank in zip(places, adjusted, strict=True)
        if place.rank is not None and (abs(rank - place.rank) > FAR or (rank <= top) != (place.rank <= top))
    ]
