"""How the ballot was made, as far as it leaves the house: weights, versions, rounds, hands, cut-off vote, scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from facilitate.extensions import db
from facilitate.models import BallotVersion, Event, Idea, LogEntry
from facilitate.models import Scenario as Kept


@dataclass(frozen=True)
class Version:
    """The ballot as it froze once: its number, the first round that was scored on it, and the day."""

    number: int
    round: int
    day: date


@dataclass(frozen=True)
class Scenario:
    """Other weights that were tried after scoring (R14). Who did it is told by role."""

    name: str
    reason: str
    day: date
    weights: Mapping[str, str]


@dataclass(frozen=True)
class Design:
    weights_by: str = "host"
    """`room`, `host`, or the preset that nobody has changed."""
    versions: tuple[Version, ...] = ()
    rounds: int = 1
    scored_again: tuple[str, ...] = ()
    """Ids of the ideas that count with a later round than the first."""
    per_person: int | None = None
    cut_to: int | None = None
    scenarios: tuple[Scenario, ...] = ()
    screen_k: int = 0


def design(event: Event) -> Design:
    zone = ZoneInfo(event.time_zone)
    versions = list(
        db.session.scalars(
            select(BallotVersion).where(BallotVersion.event_id == event.id).order_by(BallotVersion.number)
        )
    )
    scenarios = db.session.scalars(select(Kept).where(Kept.event_id == event.id).order_by(Kept.name, Kept.id))
    again = event.ideas.select().where(Idea.state == "shown", Idea.round > 1).order_by(Idea.public_id)
    return Design(
        weights_by=_weights_by(event, versions),
        versions=tuple(Version(each.number, each.round, _day(each.at, zone)) for each in versions),
        rounds=event.round,
        scored_again=tuple(idea.public_id for idea in db.session.scalars(again)) if event.round > 1 else (),
        per_person=event.per_person,
        cut_to=event.cut_to,
        scenarios=tuple(
            Scenario(each.name, each.reason, _day(each.at, zone), dict(each.weights)) for each in scenarios
        ),
        screen_k=event.k_board,
    )


def _weights_by(event: Event, versions: list[BallotVersion]) -> str:
    """As the newest ballot says; a host who never touched them has taken those of the preset."""
    frozen = versions[-1].content.get("weights_set") if versions else None
    by = str(frozen["by"]) if isinstance(frozen, dict) and "by" in frozen else event.weights_by
    if by == "host":
        touched = event.log.select().where(LogEntry.action == "weights.set").limit(1)
        return "host" if db.session.scalar(touched) else f"preset {event.preset}"
    return by


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
