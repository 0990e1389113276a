"""How many are here, and how many of them have voted or weighed: counts, and never what anybody said."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from facilitate.extensions import db
from facilitate.models import Ballot, Event, LogEntry, WeightPoints
from facilitate.models.weighing import POINTS
from facilitate.queries.progress import FIRST_SHOWN


@dataclass(frozen=True)
class Turnout:
    """How many have given their points, or ticked ideas: counts, and never what they said."""

    people: int
    done: int

    @property
    def percent(self) -> int:
        return 100 * min(self.done, self.people) // self.people if self.people else 0

    @property
    def shows_counts(self) -> bool:
        return self.people >= FIRST_SHOWN


def joined(event: Event) -> int:
    return db.session.scalar(select(func.count()).select_from(Ballot).where(Ballot.event_id == event.id)) or 0


def came_late(event: Event) -> int:
    """How many came in after the open activity began: they have not heard what it is about."""
    if event.activity.key == "welcome" or event.activity.opened_at is None:
        return 0
    query = select(func.count()).where(
        LogEntry.event_id == event.id,
        LogEntry.action == "participant.joined",
        LogEntry.at > event.activity.opened_at,
    )
    return db.session.scalar(query) or 0


def turnout(event: Event) -> Turnout | None:
    """While the room weighs or votes: how many have."""
    count = {"weigh": _have_weighed, "vote": _have_voted}.get(event.activity.key)
    return Turnout(joined(event), count(event)) if count else None


def _have_weighed(event: Event) -> int:
    asked = [criterion.id for criterion in event.criteria]
    given = (
        select(WeightPoints.ballot_id)
        .join(Ballot, Ballot.id == WeightPoints.ballot_id)
        .where(Ballot.event_id == event.id, Ballot.excluded.is_(None), WeightPoints.criterion_id.in_(asked))
        .group_by(WeightPoints.ballot_id)
        .having(func.sum(WeightPoints.points) == POINTS, func.count() == len(asked))
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(given)) or 0


def _have_voted(event: Event) -> int:
    return event.count_voters()
