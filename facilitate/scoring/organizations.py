"""Conflicts of interest: who does not score what, and what one organization could have moved (R8)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.ballots import BLANK, RECUSED, Ballots
from facilitate.scoring.ranking import Place, competition_ranks, criterion_scores, weighted_mean
from facilitate.scoring.rounding import half_up
from facilitate.scoring.tally import Tally, tally
from facilitate.scoring.trimming import trimmed

DOUBT = 1e-6  # floats this close to a rounding edge are settled by exact fractions


@dataclass(frozen=True)
class OrganizationCheck:
    """How much the ranking depends on any one organization; none is named.

    `organizations` were large enough to look at; leaving one out moves an idea by at most `largest_change` places and
    leaves at most `most_lost` ideas with too few scores.
    """

    organizations: int
    largest_change: int
    most_lost: int


def same_organization(one: str, other: str) -> bool:
    return bool(one) and _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def recuse_own(ballots: Ballots, own: Mapping[str, str]) -> Ballots:
    """Take out what people answered on an idea that names their organization as its own (`own`: idea to organization).

    All criteria at once: who answered one of them is recused on the idea. Nobody else's answers are touched.
    """
    codes = ballots.codes.copy()
    for i, idea in enumerate(ballots.ideas):
        members = [r for r, name in enumerate(ballots.organizations) if same_organization(own.get(idea, ""), name)]
        answered = [r for r in members if (codes[i, :, r] != BLANK).any()]
        codes[i, :, answered] = RECUSED
    return replace(ballots, codes=codes)


def leave_one_out(
    ballots: Ballots, full: Tally, places: Sequence[Place], *, minimum: int, k: int, trim: int = 0
) -> OrganizationCheck:
    """The largest rank change over all organizations with at least k scorers, each left out in turn.

    Ranks are those of one person, one vote (`places` the published list, `full` the tally of the ballots).
    """
    before = {place.index: place.rank for place in places if place.rank is not None}
    changes, lost, looked_at = 0, 0, 0
    for members in _organizations(ballots, k):
        after = _ranks(trimmed(_less(full, tally(ballots.of(members))), trim), minimum)
        changes = max([changes, *(abs(after[i] - rank) for i, rank in before.items() if i in after)])
        lost = max(lost, sum(i not in after for i in before))
        looked_at += 1
    return OrganizationCheck(looked_at, changes, lost)


def _organizations(ballots: Ballots, k: int) -> list[NDArray[np.bool_]]:
    scoring = ballots.scoring
    names = np.array([_folded(name) for name in ballots.organizations], dtype=object)
    members = [names == name for name in sorted(set(names)) if name]
    return [each for each in members if int((each & scoring).sum()) >= k]


def _less(full: Tally, part: Tally) -> Tally:
    """The tally without the answers of some people."""
    counts = tuple(all_ - some for all_, some in zip(full.counts, part.counts, strict=True))
    return replace(full, counts=counts)


def _ranks(left: Tally, minimum: int) -> dict[int, int]:
    """R3 to R7 in floats, with exact fractions wherever the rounding could be in doubt."""
    weighted = left.weighted
    n = left.n[:, weighted]
    ranked = np.flatnonzero((n >= minimum).all(axis=1))
    weights = np.array([float(left.criteria[c].weight) for c in weighted])
    sums = np.array([left.moments(c) for c in weighted], dtype=np.float64).T
    scale = weights / weights.sum() / [left.units[c].denominator for c in weighted]
    points = 1000 * (sums[ranked] / n[ranked] * scale).sum(axis=1) + 0.5
    printed = np.floor(points).astype(np.int64)
    for at in np.flatnonzero(np.abs(points - np.rint(points)) < DOUBT):
        printed[at] = _exactly(left, int(ranked[at]))
    ranks = competition_ranks([int(each) for each in printed])
    return dict(zip(ranked.tolist(), ranks, strict=True))


def _exactly(left: Tally, idea: int) -> int:
    one = replace(
        left,
        ideas=(left.ideas[idea],),
        counts=tuple(counts[[idea]] for counts in left.counts),
        dont_know=left.dont_know[[idea]],
    )
    score = weighted_mean(criterion_scores(one)[0], left.criteria)
    return half_up(score) if score is not None else 0
