"""The ranking of an event, as screens show it. While scoring is open there is none, for anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select

from facilitate.extensions import db
from facilitate.models import Ballot, Event, Idea, Texts
from facilitate.queries import room
from facilitate.queries.ballot_paper import own_scores, recusals
from facilitate.queries.ideas import Card, card
from facilitate.queries.outcomes import kept, outcome
from facilitate.scoring.discussion import discussion_list
from facilitate.scoring.outcome import Line
from facilitate.scoring.privacy import may_show_statistics
from facilitate.scoring.ranking import Shortfall
from facilitate.scoring.rounding import fixed
from facilitate.scoring.scales import Criterion

BANDS = ("in", "close", "out", "")
"""From the top of the list down; without a name where too few people stand behind an idea."""


@dataclass(frozen=True)
class Result:
    """One idea in the ranking; numbers are strings as published."""

    card: Card
    rank: int | None
    rank_label: str
    score: str | None
    scorers: int
    recused: str
    status: str
    reason: str
    criteria: tuple[str | None, ...]
    is_tied: bool
    range_low: int | None = None
    """The first and the last rank it may hold (90 %); None where no range is available."""
    range_high: int | None = None
    points_low: float | None = None
    """The 90 % interval of the score, in points."""
    points_high: float | None = None
    band: str = ""
    """`in`, `close` or `out` at the funding line; empty where too few people stand behind it."""
    top_share: str = ""
    agreement: str = ""
    """0 to 1 with two decimals; empty below k people."""
    agreement_label: str = ""
    divided_on: tuple[str, ...] = ()
    """Codes of the criteria on which the room is divided."""
    is_worth_a_talk: bool = False
    """High and divided: proposed for discussion."""
    is_marked: bool = False
    is_shortlisted: bool = False
    round: int = 1
    shortfall: Shortfall | None = None
    """Why it is not ranked."""

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
    top: int
    """How many ideas the funding line takes in."""
    set_apart: int = 0
    """Ballots that are not counted, as everybody is told."""
    seed: int = 0

    @property
    def ranked(self) -> tuple[Result, ...]:
        return tuple(row for row in self.rows if row.score is not None)

    @property
    def bands(self) -> tuple[tuple[str, tuple[Result, ...]], ...]:
        """The ranked ideas by band, each band best first; where nothing can be said, all under an empty name."""
        by_band = ((key, tuple(row for row in self.ranked if row.band == key)) for key in BANDS)
        return tuple((key, rows) for key, rows in by_band if rows)

    def row(self, idea: str) -> Result | None:
        return next((row for row in self.rows if row.card.id == idea), None)

    def label(self, code: str) -> Texts:
        return dict(self.criteria)[code]

    @property
    def unranked(self) -> tuple[Result, ...]:
        return tuple(row for row in self.rows if row.score is None)


def results(event: Event) -> Results:
    """The whole ranking, best first; the same for all who look."""
    return kept("results", event, lambda: _results(event))


def _results(event: Event) -> Results:
    found = outcome(event)
    ideas = {idea.public_id: idea for idea in room.candidates(event)}
    worth = set(discussion_list(found))
    codes = {criterion.name: criterion.code for criterion in found.criteria}
    return Results(
        tuple(
            _result(line, ideas[line.place.idea], event, found.criteria, worth, codes)
            for line in found.lines
            if line.place.idea in ideas
        ),
        tuple((criterion.code, criterion.label) for criterion in event.criteria),
        found.participants,
        found.scorers,
        int(found.tally.n.sum()),
        event.n_min,
        event.top,
        sum(room.set_apart(event).values()),
        found.settings.facts()["seed"],
    )


def _result(
    line: Line, idea: Idea, event: Event, criteria: Sequence[Criterion], worth: set[str], codes: dict[str, str]
) -> Result:
    k = event.k_board
    is_enough = may_show_statistics(line.scorers, k)
    return Result(
        card=card(idea),
        rank=line.place.rank,
        rank_label=line.place.label,
        score=None if line.place.score is None else fixed(line.place.score),
        scorers=line.scorers,
        recused=_enough(line.recused, k),
        status=line.status,
        reason=line.place.reason,
        criteria=tuple(None if cell.score is None else fixed(100 * cell.score) for cell in line.cells),
        is_tied=line.place.tied > 1,
        range_low=line.range.low,
        range_high=line.range.high,
        points_low=line.range.points[0] if line.range.points else None,
        points_high=line.range.points[1] if line.range.points else None,
        band=line.band,
        top_share=fixed(line.range.top_share, 3),
        agreement=fixed(line.agreement, 2) if is_enough else "",
        agreement_label=line.agreement_label if is_enough else "",
        divided_on=tuple(codes[name] for name in line.divided_on) if is_enough else (),
        is_worth_a_talk=line.place.idea in worth,
        is_marked=idea.is_marked,
        is_shortlisted=idea.is_shortlisted,
        round=idea.round,
        shortfall=line.place.shortfall,
    )


def _enough(count: int, k: int) -> str:
    """A number of people from k up; below it only that there were some."""
    return "" if count == 0 else str(count) if count >= k else "some"


def own_points(event: Event, ballot: Ballot) -> dict[str, str]:
    """Idea to one person's own score of it, in points, for that person's phone alone: the weighted mean over the
    criteria that this person answered."""
    own, kept_out = own_scores(event, ballot), recusals(ballot)
    worth = _worth(event)
    names = db.session.execute(select(Idea.id, Idea.public_id).where(Idea.event_id == event.id, Idea.state == "shown"))
    said = {
        public: [worth[criterion, value] for criterion, value in own[idea].items() if (criterion, value) in worth]
        for idea, public in names
        if idea in own and idea not in kept_out
    }
    return {
        idea: fixed(100 * sum((share for share, _ in parts), Fraction(0)) / sum(weight for _, weight in parts))
        for idea, parts in said.items()
        if parts
    }


def _worth(event: Event) -> dict[tuple[int, float], tuple[Fraction, Fraction]]:
    """What every level of every criterion that counts adds to a weighted mean: w u, and w."""
    return {
        (asked.id, float(value)): (scale.weight * scale.unit(Fraction(value)), scale.weight)
        for asked, scale in zip(event.criteria, room.criteria(event), strict=True)
        if scale.counts
        for value in asked.values
    }
