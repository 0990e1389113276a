"""What other weights would change: one set that a host tries, and those that were kept (R14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from sqlalchemy import select

from facilitate.database import aside
from facilitate.extensions import db
from facilitate.models import Event, Scenario, now
from facilitate.queries import room
from facilitate.queries.ideas import Card, card
from facilitate.queries.outcomes import outcome
from facilitate.scoring.outcome import Outcome
from facilitate.scoring.ranking import Place, rank, weighted_mean
from facilitate.scoring.rounding import fixed
from facilitate.scoring.weights import scenario


@dataclass(frozen=True)
class Moved:
    """Where one idea stands under other weights, beside the ranking that counts."""

    card: Card
    rank: int | None
    label: str
    score: str | None
    before: int | None
    before_label: str

    @property
    def climbs(self) -> int:
        """Places up; below 0, places down."""
        return self.before - self.rank if self.before and self.rank else 0


@dataclass(frozen=True)
class Tried:
    """The ranking under other weights, best first."""

    rows: tuple[Moved, ...]
    top: int

    @property
    def moved(self) -> int:
        return sum(bool(row.climbs) for row in self.rows)

    @property
    def crossing(self) -> int:
        """How many ideas come to stand above the funding line that are not there now."""
        return sum(
            row.rank is not None and row.rank <= self.top and (row.before is None or row.before > self.top)
            for row in self.rows
        )


@dataclass(frozen=True)
class Kept:
    """A scenario that somebody kept, with what it changes."""

    id: str
    name: str
    author: str
    at: datetime
    reason: str
    weights: Mapping[str, str]
    tried: Tried


def baseline(event: Event) -> dict[str, str]:
    """The weights that count: frozen when scoring opened."""
    return {criterion.code: criterion.weight for criterion in event.criteria}


def tried(event: Event, weights: Mapping[str, str]) -> Tried:
    """What these weights would change. Raises BadInput where they are no weights."""
    return _tried(outcome(event), _cards(event), event.top, weights)


def _cards(event: Event) -> dict[str, Card]:
    return {idea.public_id: card(idea) for idea in room.candidates(event)}


def _tried(found: Outcome, cards: Mapping[str, Card], top: int, weights: Mapping[str, str]) -> Tried:
    before = {place.idea: place for place in found.places}
    return Tried(
        tuple(
            Moved(
                cards[place.idea],
                place.rank,
                place.label,
                None if place.score is None else fixed(place.score),
                before[place.idea].rank,
                before[place.idea].label,
            )
            for place in aside(_ranked, found, weights)
        ),
        top,
    )


def _ranked(found: Outcome, weights: Mapping[str, str]) -> tuple[Place, ...]:
    wanted = scenario("tried", author="", at=now(), reason="tried", weights=weights)
    plain = wanted.rank(found.tally, found.settings.minimum)
    if found.balance is None:
        return plain
    criteria = wanted.criteria(found.criteria)
    points: list[Fraction | None] = [weighted_mean(row, criteria) for row in found.balance.scores]
    return rank(found.tally, found.settings.minimum, points)


def kept(event: Event) -> tuple[Kept, ...]:
    """All scenarios that were kept, the newest first."""
    zone = ZoneInfo(event.time_zone)
    found, cards = outcome(event), _cards(event)
    stored = db.session.scalars(select(Scenario).where(Scenario.event_id == event.id).order_by(Scenario.id.desc()))
    return tuple(
        Kept(
            each.public_id,
            each.name,
            each.author,
            each.at.astimezone(zone),
            each.reason,
            each.weights,
            _tried(found, cards, event.top, each.weights),
        )
        for each in stored
    )
