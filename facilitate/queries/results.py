"""The ranking of an event, as screens show it. While scoring is open there is none, for anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from facilitate.models import Ballot, Event, Texts
from facilitate.queries import room
from facilitate.queries.ballot_paper import own_scores, recusals
from facilitate.queries.ideas import Card, card
from facilitate.scoring.outcome import Line, evaluate
from facilitate.scoring.rounding import fixed
from facilitate.scoring.scales import Criterion
from facilitate.scoring.settings import Settings


@dataclass(frozen=True)
class Result:
    """One idea in the ranking; numbers are strings as published."""

    card: Card
    rank_label: str
    score: str | None
    scorers: int
    recused: str
    status: str
    reason: str
    criteria: tuple[str | None, ...]
    is_tied: bool
    my_score: str | None = None

    @property
    def bar(self) -> float:
        """Length of the bar, 0 to 100: it starts at the scale's minimum."""
        return float(self.score or 0)


@dataclass(frozen=True)
class Results:
    rows: tuple[Result, ...]
    criteria: tuple[tuple[str, Texts], ...]
    people: int
    scorers: int
    scores: int
    n_min: int
    set_apart: int = 0
    """Ballots that are not counted, as everybody is told."""

    @property
    def ranked(self) -> tuple[Result, ...]:
        return tuple(row for row in self.rows if row.score is not None)

    @property
    def unranked(self) -> tuple[Result, ...]:
        return tuple(row for row in self.rows if row.score is None)


def settings(event: Event) -> Settings:
    """What was decided for this event before anything was counted."""
    return Settings(minimum=event.n_min, top=event.top, k=event.k_export)


def results(event: Event) -> Results:
    """The whole ranking, best first."""
    outcome = evaluate(room.whole(event), settings(event))
    cards = {idea.public_id: card(idea) for idea in room.candidates(event)}
    return Results(
        tuple(_result(line, cards[line.place.idea], event.k_board) for line in outcome.lines),
        tuple((criterion.code, criterion.label) for criterion in event.criteria),
        outcome.participants,
        outcome.scorers,
        int(outcome.tally.n.sum()),
        event.n_min,
        sum(room.set_apart(event).values()),
    )


def _result(line: Line, idea: Card, k: int) -> Result:
    return Result(
        card=idea,
        rank_label=line.place.label,
        score=None if line.place.score is None else fixed(line.place.score),
        scorers=line.scorers,
        recused=_enough(line.recused, k),
        status=line.status,
        reason=line.place.reason,
        criteria=tuple(None if cell.score is None else fixed(100 * cell.score) for cell in line.cells),
        is_tied=line.place.tied > 1,
    )


def _enough(count: int, k: int) -> str:
    """A number of people from k up; below it only that there were some."""
    return "" if count == 0 else str(count) if count >= k else "some"


def own_results(event: Event, ballot: Ballot | None) -> Results:
    """The ranking with one person's own scores beside it, for that person's phone alone."""
    whole = results(event)
    if ballot is None:
        return whole
    own, kept_out = own_scores(event, ballot), recusals(ballot)
    ids = {idea.public_id: idea.id for idea in room.candidates(event)}
    scales = dict(zip((criterion.id for criterion in event.criteria), room.criteria(event), strict=True))

    def with_mine(row: Result) -> Result:
        idea = ids[row.card.id]
        return replace(row, my_score=None if idea in kept_out else _own_score(own.get(idea, {}), scales))

    return replace(whole, rows=tuple(with_mine(row) for row in whole.rows))


def _own_score(answers: dict[int, float], scales: dict[int, Criterion]) -> str | None:
    """One person's weighted mean over the criteria that this person answered, in points."""
    counted = {criterion: value for criterion, value in answers.items() if scales[criterion].counts}
    weights = sum((scales[criterion].weight for criterion in counted), Fraction(0))
    if not weights:
        return None
    total = sum(
        (
            scales[criterion].weight * scales[criterion].unit(Fraction(str(value)))
            for criterion, value in counted.items()
        ),
        Fraction(0),
    )
    return fixed(100 * total / weights)
