"""The weighted mean and the ranking: exact, additive, and recomputable by hand (rules R3 to R7).

The model is the weighted mean of criterion means of CHNRI (Rudan et al., Croatian Medical Journal 2008;49:720-733),
on fixed worded scales.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from facilitate.scoring.ballots import alphabetical
from facilitate.scoring.rounding import published
from facilitate.scoring.scales import Criterion
from facilitate.scoring.tally import Tally

# C_ic per idea and criterion, None where nobody answered.
CriterionScores = Sequence[Sequence[Fraction | None]]


@dataclass(frozen=True)
class Shortfall:
    """Why an idea is not ranked: too few scores on one criterion; or, without a criterion, another sentence."""

    criterion: str = ""
    name: str = ""
    n: int = 0
    minimum: int = 0
    other: str = ""

    def __str__(self) -> str:
        return self.other or f"too few scores ({self.n} of {self.minimum}) on {self.name}"


NOTHING_COUNTS = Shortfall(other="no criterion counts")
NO_GROUP = Shortfall(other="no group answered every criterion")


@dataclass(frozen=True)
class Place:
    """One line of the ranking. `index` is the idea's row in the tally; the scores are in points, 0 to 100.

    `rank` and the scores are None where the idea is not ranked; `shortfall` then says why.
    """

    idea: str
    index: int
    rank: int | None = None
    tied: int = 1
    score: Fraction | None = None
    published: Fraction | None = None
    shortfall: Shortfall | None = None

    @property
    def reason(self) -> str:
        """Why the idea is not ranked, as files print it; empty where it is."""
        return str(self.shortfall) if self.shortfall else ""

    @property
    def label(self) -> str:
        """The rank as printed: "=2" where it is shared (R7)."""
        if self.rank is None:
            return ""
        return f"={self.rank}" if self.tied > 1 else str(self.rank)

    @property
    def last(self) -> int:
        """The last place of the idea's own published tie."""
        return (self.rank or 1) + self.tied - 1


def criterion_scores(tally: Tally) -> CriterionScores:
    """R3: C_ic = Σu / n_ic as exact fractions between 0 and 1, ideas × criteria; None where n_ic = 0."""
    columns = []
    for c, units in enumerate(tally.units):
        sums, ns = tally.moments(c), tally.n[:, c].tolist()
        columns.append([Fraction(s, n * units.denominator) if n else None for s, n in zip(sums, ns, strict=True)])
    return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in tally.ideas]


def weighted_mean(scores: Sequence[Fraction | None], criteria: Sequence[Criterion]) -> Fraction | None:
    """R4: 100 · Σ w C / Σ w over the criteria that count, in points; None where one of them has no score."""
    total = Fraction(0)
    for score, criterion in zip(scores, criteria, strict=True):
        if criterion.counts:
            if score is None:
                return None
            total += criterion.weight * score
    weights = sum((each.weight for each in criteria), Fraction(0))
    return 100 * total / weights if weights else None


def shortfall(tally: Tally, idea: int, minimum: int) -> Shortfall | None:
    """R5: the first weighted criterion with too few scores; None where there are enough on all."""
    for c in tally.weighted:
        n = int(tally.n[idea, c])
        if n < minimum:
            return Shortfall(tally.criteria[c].code, tally.criteria[c].name, n, minimum)
    return None if tally.weighted else NOTHING_COUNTS


def competition_ranks(numbers: Sequence[Fraction | int]) -> list[int]:
    """R7: 1, 2, 2, 4 for the highest first; a function of the numbers alone."""
    first: dict[Fraction | int, int] = {}
    for place, number in enumerate(sorted(numbers, reverse=True), start=1):
        first.setdefault(number, place)
    return [first[number] for number in numbers]


def rank(tally: Tally, minimum: int, scores: Sequence[Fraction | None] | None = None) -> tuple[Place, ...]:
    """The published list: ranked ideas first, then the others; inside a tie, and among those, alphabetical.

    `minimum` is n_min of R5. `scores` are S_i in points where they come from elsewhere (balanced groups, R9); an idea
    whose score is None there has no group that answered every criterion.
    """
    if scores is None:
        scores = [weighted_mean(row, tally.criteria) for row in criterion_scores(tally)]
    reasons = [shortfall(tally, i, minimum) for i in range(len(tally.ideas))]
    reasons = [
        reason or (None if score is not None else NO_GROUP) for reason, score in zip(reasons, scores, strict=True)
    ]
    ranked = [i for i, reason in enumerate(reasons) if not reason]
    places = _ranked(tally, ranked, scores) + [
        Place(tally.ideas[i], i, shortfall=reason) for i, reason in enumerate(reasons) if reason
    ]
    return tuple(sorted(places, key=lambda place: (place.rank or len(places) + 1, alphabetical(place.idea))))


def _ranked(tally: Tally, ranked: list[int], scores: Sequence[Fraction | None]) -> list[Place]:
    exact = [score for score in (scores[i] for i in ranked) if score is not None]
    printed = [published(score) for score in exact]
    ranks = competition_ranks(printed)
    size = {rank: ranks.count(rank) for rank in set(ranks)}
    return [
        Place(tally.ideas[i], i, rank, size[rank], score, shown)
        for i, rank, score, shown in zip(ranked, ranks, exact, printed, strict=True)
    ]


def dont_know_share(tally: Tally, idea: int) -> Fraction | None:
    """R10: d = DK / (DK + n) over the weighted criteria, 0 to 1; None where nobody answered either way.

    n counts every number, also those that trimming takes out later: trimming must not make people look unsure.
    """
    unsure = int(tally.dont_know[idea, tally.weighted].sum())
    asked = unsure + int(tally.n[idea, tally.weighted].sum())
    return Fraction(unsure, asked) if asked else None


def many_could_not_judge(share: Fraction | None) -> bool:
    return share is not None and share >= Fraction(1, 2)
