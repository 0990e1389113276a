"""Every stakeholder group counts the same: the option *balance groups* (R9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from facilitate.scoring.ballots import Ballots, alphabetical
from facilitate.scoring.composites import Composites, Truths, composites
from facilitate.scoring.errors import BadInput
from facilitate.scoring.ranking import CriterionScores, criterion_scores, weighted_mean
from facilitate.scoring.tally import tally
from facilitate.scoring.trimming import trimmed

OTHERS = ""  # the pool of small groups, and of people who named none


@dataclass(frozen=True, eq=False)
class Balance:
    """Group means side by side. `counted` is groups × ideas; `scores` are means over the counted groups' C_icg.

    A group without an answer on a weighted criterion is left out of that idea's mean; `left_out` names it, per idea.
    """

    names: tuple[str, ...]
    counted: Truths
    scores: CriterionScores
    points: tuple[Fraction | None, ...]
    parts: tuple[Composites, ...]

    @property
    def left_out(self) -> list[tuple[str, ...]]:
        return [
            tuple(name for name, in_mean in zip(self.names, column, strict=True) if not in_mean)
            for column in self.counted.T
        ]


def group_names(groups: Sequence[str], scorers: Sequence[bool], k: int) -> list[str]:
    """The group each person counts in: groups with k scorers or more stay, the others are pooled.

    A pool under k joins the smallest group (the first in the alphabet of equally small ones).
    """
    sizes = Counter(group for group, scores in zip(groups, scorers, strict=True) if scores)
    large = {group for group, size in sizes.items() if group and size >= k}
    pooled = sum(size for group, size in sizes.items() if group not in large)
    home = min(large, key=lambda group: (sizes[group], alphabetical(group))) if large and pooled < k else OTHERS
    return [group if group in large else home for group in groups]


def balanced(ballots: Ballots, k: int, trim: int = 0) -> Balance:
    """R9: S_i = mean over groups of S_ig, exact. Raises BadInput where no groups are known."""
    if not any(ballots.groups):
        raise BadInput("balanced groups need to know who belongs to which group")
    belongs = group_names(ballots.groups, [bool(each) for each in ballots.scoring], k)
    names = tuple(sorted(set(belongs), key=alphabetical))
    rooms = [ballots.of(np.array([group == name for group in belongs])) for name in names]
    fulls = [tally(room) for room in rooms]
    lefts = [trimmed(full, trim) for full in fulls]
    scores = [criterion_scores(left) for left in lefts]
    counted = np.array([[_complete(row, ballots.weighted) for row in table] for table in scores], dtype=bool)
    counted = counted.reshape(len(names), len(ballots.ideas))
    means = [
        _mean([table[i] for g, table in enumerate(scores) if counted[g, i]], len(ballots.criteria))
        for i in range(len(ballots.ideas))
    ]
    return Balance(
        names,
        counted,
        means,
        tuple(weighted_mean(row, ballots.criteria) for row in means),
        tuple(composites(*each) for each in zip(rooms, fulls, lefts, strict=True)),
    )


def _complete(row: Sequence[Fraction | None], weighted: Sequence[int]) -> bool:
    return all(row[c] is not None for c in weighted)


def _mean(rows: Sequence[Sequence[Fraction | None]], width: int) -> list[Fraction | None]:
    columns = zip(*rows, strict=True) if rows else [()] * width
    return [
        sum((value for value in column if value is not None), Fraction(0)) / len(column)
        if column and None not in column
        else None
        for column in columns
    ]
