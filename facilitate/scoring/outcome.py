"""Everything a ranking says about a room, computed once from its ballots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from facilitate.scoring import agreement
from facilitate.scoring.ballots import Ballots
from facilitate.scoring.composites import Composites, composites
from facilitate.scoring.groups import Balance, balanced
from facilitate.scoring.organizations import OrganizationCheck, leave_one_out
from facilitate.scoring.ranges import Range, band, grouped_spread, ranges, spread
from facilitate.scoring.ranking import CriterionScores, Place, criterion_scores, dont_know_share, rank
from facilitate.scoring.scales import Criterion
from facilitate.scoring.settings import Settings
from facilitate.scoring.severity import adjusted_ranks
from facilitate.scoring.tally import Tally, tally
from facilitate.scoring.trimming import trimmed
from facilitate.scoring.weights import WeightCheck, check


@dataclass(frozen=True)
class Cell:
    """One idea on one criterion: C_ic between 0 and 1, the numbers behind it, and who did not know."""

    score: Fraction | None
    n: int
    dont_know: int


@dataclass(frozen=True)
class Line:
    """One idea with all that `ranking.csv` says about it; undefined figures are None, undefined words empty."""

    place: Place
    range: Range
    band: str
    scorers: int
    recused: int
    dont_know: Fraction | None
    agreement: Fraction | None
    agreement_label: str
    divided_on: tuple[str, ...]
    expert_agreement: Fraction | None
    cells: tuple[Cell, ...]
    rank_equal_weights: int | None = None
    top_share_weights: Fraction | None = None
    rank_severity_adjusted: int | None = None
    groups_left_out: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        return f"not ranked: {self.place.reason}" if self.place.reason else "ranked"


@dataclass(frozen=True, eq=False)
class Outcome:
    """The ranking and its checks. `places` is the published list, `unbalanced` the other one (None unless R9 is on)."""

    settings: Settings
    criteria: tuple[Criterion, ...]
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    unbalanced: tuple[Place, ...] | None
    alpha: float | None
    participants: int
    scorers: int
    weights: WeightCheck
    organizations: OrganizationCheck
    composites: Composites
    tally: Tally
    balance: Balance | None

    @property
    def ranked(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.rank is not None)


def evaluate(ballots: Ballots, settings: Settings) -> Outcome:
    """Rank the room and check the ranking every way the rules ask for.

    Raises BadInput where balanced groups are wanted and nobody's group is known.
    """
    full = tally(ballots)
    left = trimmed(full, settings.trim)
    balance = balanced(ballots, settings.part_k, settings.trim) if settings.balance else None
    raw = rank(left, settings.minimum)
    places = rank(left, settings.minimum, balance.points) if balance else raw
    people = composites(ballots, full, left)
    at = np.array([place.index for place in places if place.rank is not None], dtype=np.int64)
    scores = criterion_scores(left)
    weights = check([(balance.scores if balance else scores)[i] for i in at], ballots.criteria, settings.top)
    return Outcome(
        settings=settings,
        criteria=ballots.criteria,
        lines=_lines(settings, full, left, places, scores, people, weights, balance),
        places=places,
        unbalanced=raw if balance else None,
        alpha=agreement.alpha(people),
        participants=ballots.participants,
        scorers=ballots.scorers,
        weights=weights,
        organizations=leave_one_out(
            ballots, full, raw, minimum=settings.minimum, k=settings.part_k, trim=settings.trim
        ),
        composites=people,
        tally=left,
        balance=balance,
    )


def standing(ballots: Ballots, settings: Settings) -> tuple[Place, ...]:
    """Only the published list, without its checks."""
    left = trimmed(tally(ballots), settings.trim)
    balance = balanced(ballots, settings.part_k, settings.trim) if settings.balance else None
    return rank(left, settings.minimum, balance.points if balance else None)


def _lines(
    settings: Settings,
    full: Tally,
    left: Tally,
    places: Sequence[Place],
    scores: CriterionScores,
    people: Composites,
    weights: WeightCheck,
    balance: Balance | None,
) -> tuple[Line, ...]:
    ranked = [place for place in places if place.rank is not None]
    found = _ranges(ranked, people, balance, settings.top)
    severity = adjusted_ranks(people.of([place.index for place in ranked]))
    nothing: list[None] = [None] * (len(places) - len(ranked))
    unknown: list[int | None] = [None] * len(ranked)
    rows = zip(
        places,
        [*found, *(Range() for _ in nothing)],
        [*weights.equal, *nothing],
        [*weights.top_share, *nothing],
        [*(severity or unknown), *nothing],
        strict=True,
    )
    words = _Words(settings, full, left)
    return tuple(
        Line(
            place=place,
            range=rank_range,
            band=band(rank_range.top_share, int(full.scorers[place.index])),
            scorers=int(full.scorers[place.index]),
            recused=int(full.recused[place.index]),
            dont_know=dont_know_share(full, place.index),
            agreement=words.agreement(place.index),
            agreement_label=words.label(place.index),
            divided_on=words.divided_on(place.index),
            expert_agreement=words.expert_agreement(place.index),
            cells=_cells(settings, left, scores[place.index], place.index),
            rank_equal_weights=equal,
            top_share_weights=share,
            rank_severity_adjusted=adjusted,
            groups_left_out=balance.left_out[place.index] if balance else (),
        )
        for place, rank_range, equal, share, adjusted in rows
    )


def _ranges(ranked: Sequence[Place], people: Composites, balance: Balance | None, top: int) -> list[Range]:
    at = [place.index for place in ranked]
    if balance is None:
        found = spread(people.of(at))
    else:
        found = grouped_spread([part.of(at) for part in balance.parts], balance.counted[:, at])
    return ranges(ranked, found, top)


def _cells(settings: Settings, left: Tally, scores: Sequence[Fraction | None], idea: int) -> tuple[Cell, ...]:
    """The criteria of one idea; in an export, a mean of fewer people than the ranking asks for stays empty (R17)."""
    fewest = settings.minimum if settings.k else 1
    return tuple(
        Cell(score if n >= fewest else None, n, unsure)
        for score, n, unsure in zip(scores, left.n[idea].tolist(), left.dont_know[idea].tolist(), strict=True)
    )


class _Words:
    """Agreement in figures and words, kept back where fewer than k people stand behind it (R17)."""

    def __init__(self, settings: Settings, full: Tally, left: Tally) -> None:
        self.scorers = full.scorers.tolist()
        self.fewest = settings.shown_from
        self.figures = agreement.agreement(left)
        self.shares = agreement.expert_agreement(left)
        self.divided = agreement.divided_on(left)
        self.evenly = agreement.even_of(left)

    def agreement(self, idea: int) -> Fraction | None:
        return self.figures[idea] if self.scorers[idea] >= self.fewest else None

    def label(self, idea: int) -> str:
        return agreement.word(self.agreement(idea), self.evenly, self.scorers[idea])

    def divided_on(self, idea: int) -> tuple[str, ...]:
        return self.divided[idea] if self.scorers[idea] >= self.fewest else ()

    def expert_agreement(self, idea: int) -> Fraction | None:
        return self.shares[idea] if self.scorers[idea] >= self.fewest else None
