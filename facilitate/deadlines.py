"""Deadlines: looks at the clock while facilitate serves, and closes what its host wanted closed at zero.

The deadline is in the database, so a restart forgets none. Every process looks; whoever comes first presses, and says
which step of the day it saw, so the others press in vain.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from sqlalchemy import select

from facilitate.access import turn_to_write
from facilitate.database import only_reading
from facilitate.extensions import db
from facilitate.models import Event, now

GLANCE = 1.0
"""Seconds between two looks, unless a deadline comes first: a host may have changed it by another process."""

Deadline = tuple[int, int, datetime]
"""An event, the step of its day, and when that closes."""


class Watch:
    def __init__(self, app: Flask, clock: Callable[[], datetime] = now) -> None:
        self.app, self.clock = app, clock

    def look(self) -> float:
        """Press wherever the time is up; returns the seconds until it is worth looking again."""
        deadlines, moment = self.deadlines(), self.clock()
        for event_id, version, ends_at in deadlines:
            if ends_at <= moment:
                self.press(event_id, version)
        return min([GLANCE, *((ends_at - moment).total_seconds() for *_, ends_at in deadlines if ends_at > moment)])

    def deadlines(self) -> list[Deadline]:
        """Every timer that is to close an activity."""
        with self.app.app_context(), only_reading():
            rows = db.session.execute(
                select(Event.id, Event.version, Event.timer_ends_at).where(
                    Event.timer_closes, Event.timer_ends_at.is_not(None)
                )
            )
            return [(event_id, version, ends_at) for event_id, version, ends_at in rows if ends_at]

    def press(self, event_id: int, version: int) -> bool:
        """Close the activity of this step, if that is still what should happen. True where it was this press."""
        with self.app.app_context(), turn_to_write():
            event = db.session.get(Event, event_id, with_for_update=True)
            pressed = event is not None and event.strike(version, at=self.clock())
            db.session.commit()
            return pressed
