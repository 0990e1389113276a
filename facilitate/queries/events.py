"""Events as a facilitator's list shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from facilitate.extensions import db
from facilitate.models import Activity, Event, Membership, Participant, Texts
from facilitate.models.day.admission import people_in


@dataclass(frozen=True)
class EventLine:
    code: str
    title: Texts
    starts_on: date
    activity_title: Texts
    joined: int
    console_url: str


def own_events(facilitator_id: int) -> list[EventLine]:
    """The events of one account, the newest day first."""
    joined = select(func.count()).select_from(Participant).where(Participant.event_id == Event.id).scalar_subquery()
    lines = db.session.execute(
        select(Event.code, Event.title, Event.starts_on, Activity.title, joined)
        .join(Membership, Membership.event_id == Event.id)
        .join(Activity, (Activity.event_id == Event.id) & (Activity.position == Event.position))
        .where(Membership.facilitator_id == facilitator_id)
        .order_by(Event.starts_on.desc(), Event.id.desc())
    )
    return [
        EventLine(code, title, day, activity, count, f"/{code}/console") for code, title, day, activity, count in lines
    ]


def is_full_house(event: Event) -> bool:
    """Has everybody joined who was counted? Whoever comes too late is told so at the door; joining asks again."""
    if event.admission != "counted":
        return False
    return (db.session.scalar(people_in(event.id)) or 0) >= (event.heads or 0)
