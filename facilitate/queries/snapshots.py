"""Events as readers share them: read once, kept until the day itself has moved on.

A snapshot is cut off from its session: its own columns, agenda, terms and criteria can be read by anybody, and nobody
can change it. So is who takes part, once somebody was asked for. What comes and goes all the time (ideas, answers) is
queried as ever.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from facilitate.extensions import db
from facilitate.models import Event, Participant

LIFE = 1.0
"""Seconds for which a snapshot is taken at its word on SQLite. There this process alone serves, and forgets what it
changes itself at once; a command is noticed after so long. On PostgreSQL, with neighbours, the database is asked."""
MOST = 50
"""Events kept at a time; the one that was read first goes first."""
MOST_PEOPLE = 20_000
"""People kept with an event."""


@dataclass
class Snapshot:
    event: Event
    until: float
    people: dict[str, Participant] = field(default_factory=dict)
    """By their public ids."""


class Snapshots:
    def __init__(self) -> None:
        self.kept: dict[str, Snapshot] = {}

    def find(self, code: str) -> Event | None:
        """The event with this code, as it is in all that belongs to the day itself."""
        known, now = self.kept.get(code), time.monotonic()
        if known is not None and now < known.until:
            return known.event
        if known is None or not _is_current(known.event):
            self.forget(code)
            event = _read(code)
            if event is None:
                return None
            known = self.kept[code] = Snapshot(event, now)
            while len(self.kept) > MOST:
                del self.kept[next(iter(self.kept))]
        known.until = now + (LIFE if db.engine.dialect.name == "sqlite" else 0.0)
        return known.event

    def person(self, event: Event, public_id: str) -> Participant | None:
        """A participant of a snapshot."""
        known = self.kept.get(event.code)
        found = known.people.get(public_id) if known else None
        if found is None:
            found = _person(event, public_id)
            if found:
                self.remember(event.code, found)
        return found

    def remember(self, code: str, person: Participant) -> None:
        """Somebody who has just joined will be asked for at once."""
        known = self.kept.get(code)
        if known and len(known.people) < MOST_PEOPLE:
            known.people[person.public_id] = person

    def forget(self, code: str) -> None:
        self.kept.pop(code, None)


def snapshots() -> Snapshots:
    found: Snapshots = current_app.extensions["snapshots"]
    return found


def _is_current(event: Event) -> bool:
    query = select(Event.day_revision).where(Event.id == event.id, Event.code == event.code)
    return db.session.scalar(query) == event.day_revision


def _read(code: str) -> Event | None:
    wholes = map(selectinload, (Event.activities, Event.terms, Event.criteria, Event.convenors))
    event = db.session.scalar(select(Event).where(Event.code == code).options(*wholes))
    if event is not None:
        db.session.expunge(event)
    return event


def _person(event: Event, public_id: str) -> Participant | None:
    query = select(Participant).where(Participant.event_id == event.id, Participant.public_id == public_id)
    person = db.session.scalar(query)
    if person is not None:
        db.session.expunge(person)
    return person
