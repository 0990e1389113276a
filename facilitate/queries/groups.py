"""Stakeholder groups and communities beside each other, idea by idea: as much as may be shown (R17).

Only after closing, and only once a host has asked for it: what was shown then is remembered as a publication, so that
figures of a later closing cannot be subtracted from it. `comparison` reads that back as plain data, for the console
and for whoever projects it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from sqlalchemy import select

from facilitate.database import aside
from facilitate.extensions import db
from facilitate.models import Ballot, Event, Idea, Publication, Texts
from facilitate.queries import room
from facilitate.queries.outcomes import kept, outcome
from facilitate.scoring.ballots import Ballots
from facilitate.scoring.comparison import Crowd, Facts, Means, means, too_few, visible_parts
from facilitate.scoring.groups import balanced
from facilitate.scoring.outcome import Outcome
from facilitate.scoring.privacy import Part as Name
from facilitate.scoring.ranking import rank
from facilitate.scoring.rounding import fixed

DIMENSIONS = ("group", "community")


@dataclass(frozen=True)
class Part:
    """A part of the room: one stakeholder group, or one community; the key is empty for who stated nothing."""

    dimension: str
    key: str
    label: Texts | None


@dataclass(frozen=True)
class Figure:
    """What a part of the room says, in points; hidden where too few people stand behind it, or to protect them."""

    points: Fraction | None = None
    hidden: str = ""
    """`few`: fewer than k people. `safe`: a few others could be worked out from it. Empty where it is shown."""

    @property
    def score(self) -> str | None:
        return None if self.points is None else fixed(self.points)

    def minus(self, other: Figure) -> Figure:
        """The difference of two parts; hidden where either is."""
        if self.hidden or other.hidden or self.points is None or other.points is None:
            return Figure(hidden=self.hidden or other.hidden)
        return Figure(self.points - other.points)


@dataclass(frozen=True)
class Compared:
    """One idea. `figures` has one figure per part, `criteria` one row of them per criterion."""

    id: str
    title: str
    short: str
    language: str
    rank: int | None
    rank_label: str
    score: str | None
    balanced_rank: int | None
    """Its rank where every stakeholder group counts the same (R9); None where no group is known."""
    figures: tuple[Figure, ...]
    criteria: tuple[tuple[Figure, ...], ...]

    @property
    def climbs(self) -> int:
        """By how many places it stands higher where every group counts the same."""
        return self.rank - self.balanced_rank if self.rank and self.balanced_rank else 0


@dataclass(frozen=True)
class Comparison:
    k: int
    parts: tuple[Part, ...]
    criteria: tuple[tuple[str, Texts], ...]
    ideas: tuple[Compared, ...]
    """In the order of the ranking where everybody counts the same."""

    def of(self, dimension: str) -> tuple[int, ...]:
        """Where the parts of one dimension stand in every row of figures."""
        return tuple(at for at, part in enumerate(self.parts) if part.dimension == dimension)

    def find(self, idea: str) -> Compared | None:
        return next((row for row in self.ideas if row.id == idea), None)


def comparison(event: Event) -> Comparison | None:
    """What hosts were shown of the groups; None before somebody asked for it since the last closing.

    It writes nothing: `Event.compare_groups` with the facts of `publication` does.
    """
    if not event.has_closed_scoring:
        return None
    return kept("comparisons", event, lambda: _comparison(event))


def publication(event: Event) -> dict[str, Any]:
    """What may be shown of the groups now, after all that was shown before, as it will be remembered."""
    crowd, earlier = _crowd(event), _publications(event)
    if earlier and crowd.is_as_in(earlier[-1]):
        return dict(earlier[-1])
    return crowd.facts(aside(visible_parts, crowd, event.k_board, earlier))


def _comparison(event: Event) -> Comparison | None:
    crowd, shown = _crowd(event), _publications(event)
    if not shown or not crowd.is_as_in(shown[-1]):
        return None
    found = outcome(event)
    said = aside(_Said, crowd, found, event.k_board, _names(event))
    parts = tuple(_part(event, name) for name in said.parts)
    ideas = {idea.public_id: idea for idea in room.candidates(event)}
    return Comparison(
        event.k_board,
        parts,
        tuple((criterion.code, criterion.label) for criterion in event.criteria),
        tuple(said.row(ideas[name], shown[-1]) for name in said.order),
    )


def _names(event: Event) -> list[Name]:
    """All parts in the order of the event's own lists; who stated nothing comes last."""
    return [
        (dimension, key) for dimension in DIMENSIONS for key in [*(term.key for term in event.listed(dimension)), ""]
    ]


def _part(event: Event, name: Name) -> Part:
    dimension, key = name
    term = event.term(dimension, key)
    return Part(dimension, key, term.label if term else None)


def _publications(event: Event) -> list[Facts]:
    found = select(Publication.sets).where(Publication.event_id == event.id).order_by(Publication.number)
    return list(db.session.scalars(found))


def _crowd(event: Event) -> Crowd:
    whole = room.whole(event)
    numbers = {(row.idea, row.criterion, row.ballot): row.seq for row in room.rows(event)}
    given = whole.codes >= 0
    seqs = np.zeros(given.shape, dtype=np.int64)
    for i, c, r in np.argwhere(given).tolist():
        seqs[i, c, r] = numbers[whole.ideas[i], whole.criteria[c].code, whole.raters[r]]
    return Crowd(whole, seqs, {name: parts for name, parts in _places(event, whole).items() if any(parts)})


def _places(event: Event, whole: Ballots) -> dict[str, tuple[str, ...]]:
    keys = {term.id: term.key for name in DIMENSIONS for term in event.listed(name)}
    stated = select(Ballot.id, Ballot.group_id, Ballot.community_id).where(room.in_the_count(event))
    of = {ballot: [keys.get(own or 0, "") for own in places] for ballot, *places in db.session.execute(stated)}
    return {name: tuple(of[rater][at] for rater in whole.raters) for at, name in enumerate(DIMENSIONS)}


class _Said:
    """The figures of all parts. Arithmetic alone, made aside; `row` picks what may be shown."""

    def __init__(self, crowd: Crowd, found: Outcome, k: int, names: Sequence[Name]) -> None:
        self.means = means(crowd)
        self.few = too_few(crowd, k)
        self.parts = [name for name in names if name in self.means]
        plain = found.unbalanced or found.places
        self.places = {place.idea: place for place in plain}
        self.order = [place.idea for place in plain]
        self.at = {idea: at for at, idea in enumerate(crowd.ballots.ideas)}
        self.balanced = _balanced_ranks(crowd.ballots, found)

    def row(self, idea: Idea, shown: Mapping[str, Any]) -> Compared:
        place = self.places[idea.public_id]
        visible = {(dimension, name) for dimension, name in shown["ideas"][idea.public_id]["visible"]}
        told = [self._told(part, idea.public_id, visible) for part in self.parts]
        return Compared(
            idea.public_id,
            idea.title,
            idea.label,
            idea.language,
            place.rank,
            place.label,
            None if place.score is None else fixed(place.score),
            self.balanced.get(idea.public_id),
            tuple(figures[0] for figures in told),
            tuple(zip(*(figures[1:] for figures in told), strict=True)),
        )

    def _told(self, part: Name, idea: str, visible: set[Name]) -> Sequence[Figure]:
        """The score, then every criterion."""
        said: Means = self.means[part][self.at[idea]]
        if part not in visible:
            return [Figure(hidden="few" if part in self.few[idea] else "safe")] * (1 + len(said.criteria))
        return [Figure(said.points), *(Figure(None if each is None else 100 * each) for each in said.criteria)]


def _balanced_ranks(ballots: Ballots, found: Outcome) -> dict[str, int | None]:
    """R9, the other list. Ranks alone: scores of it could be set against the figures of single groups."""
    if not any(ballots.groups):
        return {}
    means_of_groups = found.balance or balanced(ballots, found.settings.part_k, found.settings.trim)
    return {place.idea: place.rank for place in rank(found.tally, found.settings.minimum, means_of_groups.points)}
