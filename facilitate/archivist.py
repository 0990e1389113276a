"""The archivist: cuts the thread between people and answers on the day that people were told, and deletes what hosts
wanted deleted once they had time for second thoughts.

What is deleted in a SQLite file is overwritten (`secure_delete`); its log is emptied after it, and the hourly backups
that still hold it are replaced by a new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import and_, delete, or_, select

from facilitate import journal
from facilitate.access import turn_to_write
from facilitate.backup import SUFFIX, backup_folder, database_file, hourly_folder, make_backup, moment
from facilitate.database import aside, note_failure, only_reading
from facilitate.errors import Refusal
from facilitate.extensions import db
from facilitate.keeper import PATTERN
from facilitate.models import SYSTEM, Ballot, Event, Evidence, Idea, now

EVERY = 30.0
"""Seconds between two looks."""


class Archivist:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.owes_a_scrub = False
        """Was something archived or deleted that files may still hold?"""

    def look(self) -> None:
        """Do whatever is due. What fails for one event stops no other, and is tried again."""
        for event_id in self.may_be_due():
            try:
                self.settle(event_id)
            except Exception as error:  # noqa: BLE001 - the next look may succeed
                note_failure("failed: archiving or deleting an event", error)
        if self.owes_a_scrub:
            scrub(self.app)
            self.owes_a_scrub = False

    def may_be_due(self) -> list[int]:
        """Events to look at more closely: it is not the same day everywhere."""
        somewhere = now().date() + timedelta(days=1)
        is_over = and_(Event.keep_until < somewhere, Event.key.is_not(None))
        with self.app.app_context(), only_reading():
            return list(db.session.scalars(select(Event.id).where(or_(Event.delete_at <= now(), is_over))))

    def settle(self, event_id: int) -> None:
        """Archive or delete the event, if that is still what should happen."""
        with self.app.app_context(), turn_to_write():
            event = db.session.get(Event, event_id, with_for_update=True)
            if event is None:
                return
            if event.delete_at is not None and event.delete_at <= now() and not event.is_going_on:
                _delete(event)
                journal.note("event deleted", event=event_id)
            elif event.is_due:
                event.archive(by=SYSTEM)
            else:
                return
            db.session.commit()
            self.owes_a_scrub = True


def _delete(event: Event) -> None:
    """Everything of it. What names its terms goes first: not every database follows all threads in one step."""
    ideas = select(Idea.id).where(Idea.event_id == event.id)
    db.session.execute(delete(Evidence).where(Evidence.idea_id.in_(ideas)))
    for table in (Ballot, Idea):
        db.session.execute(delete(table).where(table.event_id == event.id))
    db.session.execute(delete(Event).where(Event.id == event.id))


def scrub(app: Flask) -> list[Path]:
    """Leave nothing of what was deleted in the database's log and in the server's own backups. Returns backups that
    were made by hand: only whoever made them knows where copies are. PostgreSQL has tools of its own."""
    try:
        database = database_file(app.config)
    except Refusal:
        return []
    return aside(_scrub, database, hourly_folder(app), {backup_folder(app), hourly_folder(app)})


def _scrub(database: Path, folder: Path, all_folders: Iterable[Path]) -> list[Path]:
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    backups = {file for each in all_folders for file in each.glob("*.backup")}
    hourly = {file for file in backups if file.match(PATTERN)}
    fresh = folder / f"hourly-{moment()}.backup"
    if hourly:
        make_backup(database, fresh)
    for old in hourly - {fresh}:
        old.unlink(missing_ok=True)
        old.with_name(old.name + SUFFIX).unlink(missing_ok=True)
    return sorted(backups - hourly)
