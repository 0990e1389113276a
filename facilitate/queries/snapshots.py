"""Events as readers share them: read once, kept until the day itself has moved on.

A snapshot is cut off from its session: its own columns, agenda, terms and criteria can be read by anybody, and nobody
can change it. What comes and goes all the time (people, ideas, answers) is queried as ever.
"""

from __future__ import annotations

import time

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from facilitate.extensions import db
from facilitate.models import Event

LIFE = 1.0
"""Seconds for which a snapshot is taken at its word. This process changes events itself and forgets them at once;
another one (a command, a neighbour) is noticed after so long."""
MOST = 50
"""Events kept at a time; the one that was read first goes first."""


class Snapshots:
    def __init__(self) -> None:
        self.kept: dict[str, tuple[Event, float]] = {}

    def find(self, code: str) -> Event | None:
        """The event with this code, as it is in all that belongs to the day itself."""
        event, until = self.kept.get(code, (None, 0.0))
        if event is not None and time.monotonic() < until:
            return event
        if event is None or not _is_current(event):
            event = _read(code)
        self.forget(code)
        if event is not None:
            self.kept[code] = event, time.monotonic() + LIFE
            while len(self.kept) > MOST:
                del self.kept[next(iter(self.kept))]
        return event

    def forget(self, code: str) -> None:
        self.kept.pop(code, None)


def snapshots() -> Snapshots:
    found: Snapshots = current_app.extensions.setdefault("snapshots", Snapshots())
    return found


def _is_current(event: Event) -> bool:
    query = select(Event.day_revision).where(Event.id == event.id, Event.code == event.code)
    return db.session.scalar(query) == event.day_revision


def _read(code: str) -> Event | None:
    wholes = (selectinload(Event.activities), selectinload(Event.terms), selectinload(Event.criteria))
    event = db.session.scalar(select(Event).where(Event.code == code).options(*wholes))
    if event is not None:
        db.session.expunge(event)
    return event
