"""One idea in the results, from every side that a host may look at it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select

from facilitate.extensions import db
from facilitate.models import Criterion, Event, Idea, Texts
from facilitate.queries.ideas import Card, EvidenceLine, card
from facilitate.queries.outcomes import outcome
from facilitate.queries.results import Result, results
from facilitate.scoring import agreement
from facilitate.scoring.outcome import Cell, Line, Outcome
from facilitate.scoring.privacy import may_show_statistics
from facilitate.scoring.ranking import many_could_not_judge
from facilitate.scoring.rounding import fixed
from facilitate.scoring.severity import FAR

HIGH = Fraction(3, 4)
"""4 of 5: so high a score wants something behind it, where the criterion expects evidence."""


@dataclass(frozen=True)
class Level:
    label: Texts
    value: str
    count: int


@dataclass(frozen=True)
class CriterionProfile:
    """One criterion of the idea. `levels` is empty below k people: few answers would tell who gave them."""

    code: str
    label: Texts
    statement: Texts
    weight: str
    mean: str | None
    n: int
    dont_know: int
    unsure: int
    """Percent of those who answered who could not judge."""
    many_unsure: bool
    agreement: str
    agreement_label: str
    is_divided: bool
    levels: tuple[Level, ...]
    evidence_expected: bool
    lacks_evidence: bool
    """Scored high, evidence expected, none attached."""
    rank_without: int | None
    """The idea's rank where this criterion is left out."""

    @property
    def most(self) -> int:
        return max((level.count for level in self.levels), default=0)


@dataclass(frozen=True)
class Profile:
    result: Result
    rank: int | None
    top: int
    criteria: tuple[CriterionProfile, ...]
    evidence: tuple[EvidenceLine, ...]
    """Of the idea and of those merged into it."""
    merged: tuple[Card, ...]
    rank_equal_weights: int | None
    top_share: int | None
    """Percent of weightings that keep it on top."""
    rank_severity: int | None
    moves_with_severity: bool
    """By more than three places, or across the funding line (R15)."""
    before: Card | None
    after: Card | None
    k: int
    n_min: int


def profile(event: Event, idea: Idea) -> Profile | None:
    """None where the idea does not stand in the ranking."""
    found = outcome(event)
    rows = results(event).rows
    at = next((at for at, row in enumerate(rows) if row.card.id == idea.public_id), None)
    if at is None:
        return None
    line = found.lines[at]
    merged = _merged(event, idea)
    evidence = (*rows[at].card.evidence, *(proof for one in merged for proof in one.evidence))
    share = line.top_share_weights
    return Profile(
        rows[at],
        line.place.rank,
        event.top,
        _criteria(event, found, line, has_evidence=bool(evidence)),
        evidence,
        merged,
        line.rank_equal_weights,
        None if share is None else int(share * 100),
        line.rank_severity_adjusted,
        _moves(line.place.rank, line.rank_severity_adjusted, event.top),
        rows[at - 1].card if at else None,
        rows[at + 1].card if at + 1 < len(rows) else None,
        event.k_board,
        event.n_min,
    )


def _merged(event: Event, idea: Idea) -> tuple[Card, ...]:
    found = select(Idea).where(Idea.event_id == event.id, Idea.merged_into_id == idea.id).order_by(Idea.id)
    return tuple(card(each) for each in db.session.scalars(found))


def _moves(rank: int | None, adjusted: int | None, top: int) -> bool:
    if rank is None or adjusted is None:
        return False
    return abs(rank - adjusted) > FAR or (rank <= top) != (adjusted <= top)


def _criteria(event: Event, found: Outcome, line: Line, *, has_evidence: bool) -> tuple[CriterionProfile, ...]:
    without = _ranks_without(found, line)
    return tuple(
        _criterion(asked, found, line, c, k=event.k_board, has_evidence=has_evidence, rank=without.get(asked.code))
        for c, asked in enumerate(event.criteria)
    )


def _ranks_without(found: Outcome, line: Line) -> dict[str, int]:
    """Criterion left out to the rank that the idea would have."""
    if line.place.rank is None:
        return {}
    at = [place.idea for place in found.ranked].index(line.place.idea)
    return {code: ranks[at] for code, ranks in found.weights.without.items()}


def _criterion(
    asked: Criterion, found: Outcome, line: Line, c: int, *, k: int, has_evidence: bool, rank: int | None
) -> CriterionProfile:
    cell: Cell = line.cells[c]
    is_enough = may_show_statistics(min(line.scorers, cell.n), k)
    agreed = agreement.criterion_agreement(found.tally, c)[line.place.index] if is_enough else None
    even = agreement.even(found.tally.levels[c])
    label = agreement.word(agreed, even, cell.n)
    share = Fraction(cell.dont_know, cell.dont_know + cell.n) if cell.dont_know else Fraction(0)
    return CriterionProfile(
        code=asked.code,
        label=asked.label,
        statement=asked.statement,
        weight=asked.weight,
        mean=None if cell.score is None else fixed(100 * cell.score),
        n=cell.n,
        dont_know=cell.dont_know,
        unsure=int(100 * share + Fraction(1, 2)),
        many_unsure=many_could_not_judge(share),
        agreement=fixed(agreed, 2),
        agreement_label=label,
        is_divided=label == "divided",
        levels=_levels(asked, found, line.place.index, c) if is_enough else (),
        evidence_expected=asked.evidence_expected,
        lacks_evidence=asked.evidence_expected and not has_evidence and (cell.score or 0) >= HIGH,
        rank_without=rank,
    )


def _levels(asked: Criterion, found: Outcome, idea: int, c: int) -> tuple[Level, ...]:
    """How often each answer was given, in the order in which people saw them."""
    counts = dict(zip(found.tally.values[c], found.tally.counts[c][idea].tolist(), strict=True))
    return tuple(
        Level(level["label"], str(level["value"]), counts.get(Fraction(str(level["value"])), 0))
        for level in asked.levels
    )
