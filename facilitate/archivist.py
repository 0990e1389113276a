"""The archivist: cuts the thread between people and answers on the day that people were told, and deletes what hosts
wanted deleted once they had time for second thoughts.

What is deleted in a SQLite file is overwritten (`secure_delete`), and its log is emptied after it. Hourly backups that
still hold it are replaced by a new one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from flask import Flask
from sqlalchemy import delete, or_, select

from facilitate import journal
from facilitate.access import turn_to_write
from facilitate.backup import SUFFIX, database_file, hourly_folder, make_backup, moment
from facilitate.database import aside, only_reading
from facilitate.errors import Refusal
from facilitate.extensions import db
from facilitate.keeper import PATTERN
from facilitate.models import SYSTEM, Actor, Event, now

EVERY = 30.0
"""Seconds between two looks."""


class Archivist:
    def __init__(self, app: Flask) -> None:
        self.app = app

    def look(self) -> None:
        """Do whatever is due."""
        for event_id in self.due():
            self.settle(event_id)

    def due(self) -> list[int]:
        with self.app.app_context(), only_reading():
            is_over = Event.keep_until < now().date(), Event.key.is_not(None)
            query = select(Event.id).where(or_(Event.delete_at <= now(), is_over[0] & is_over[1]))
            return list(db.session.scalars(query))

    def settle(self, event_id: int, *, by: Actor = SYSTEM) -> None:
        with self.app.app_context():
            with turn_to_write():
                event = db.session.get(Event, event_id, with_for_update=True)
                if event is None:
                    return
                if event.delete_at is not None and event.delete_at <= now():
                    db.session.execute(delete(Event).where(Event.id == event_id))
                    journal.note("event deleted", event=event_id)
                else:
                    event.archive(by=by)
                db.session.commit()
            scrub_what_is_left(self.app)


def scrub_what_is_left(app: Flask) -> list[Path]:
    """Leave nothing of what was deleted in the database's log and in hourly backups. Returns backups that were made by
    hand: only whoever made them knows where copies are. PostgreSQL has tools of its own."""
    try:
        database = database_file(app.config)
    except Refusal:
        return []
    return aside(_scrub, database, hourly_folder(app))


def _scrub(database: Path, folder: Path) -> list[Path]:
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    hourly = sorted(folder.glob(PATTERN))
    if hourly:
        make_backup(database, folder / f"hourly-{moment()}.backup")
    for old in hourly:
        old.unlink(missing_ok=True)
        old.with_name(old.name + SUFFIX).unlink(missing_ok=True)
    return sorted(file for file in folder.glob("*.backup") if not file.match(PATTERN))
