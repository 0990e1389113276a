"""The keeper: while a day goes on, a backup every hour, and the last two dozen of them kept.

Several processes on one folder share the work: whoever takes the lock does it. A backup that does not succeed is said
to hosts and in the journal, and the day goes on.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import and_, or_, select

from facilitate import journal
from facilitate.backup import SUFFIX, database_file, hourly_folder, make_backup, moment
from facilitate.database import aside, only_reading
from facilitate.errors import Refusal
from facilitate.extensions import db
from facilitate.machine import Machine
from facilitate.models import Activity, Event

EVERY = 20.0
"""Seconds between two looks at the clock."""
REST = 300.0
"""Seconds before it is tried again after a failure."""
KEPT = 24
PATTERN = "hourly-*.backup"


class Keeper:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.machine: Machine = app.extensions["machine"]
        self.seconds = app.config["BACKUP_MINUTES"] * 60
        self.folder = hourly_folder(app)
        self.rests_until = float("-inf")
        try:
            self.database: Path | None = database_file(app.config)
        except Refusal:
            self.database = None  # PostgreSQL has its own tools

    def look(self) -> None:
        """Make a backup if one is due."""
        if self.database is None or not self.seconds or time.monotonic() < self.rests_until:
            return
        if not self.is_due() or not self.is_day():
            return
        if not self.folder.is_dir():
            self._failed(Refusal(f"There is no folder {self.folder} to put backups into."))
            return
        with self._alone() as is_alone:
            if is_alone and self.is_due():
                self._make(self.database)

    def is_due(self) -> bool:
        age = self.age()
        return age is None or age >= self.seconds

    def age(self) -> float | None:
        """Seconds since the last hourly backup; None if there is none."""
        newest = max((file.stat().st_mtime for file in self._hourly()), default=None)
        return None if newest is None else max(0.0, time.time() - newest)

    def is_day(self) -> bool:
        """Is any event's door open, or its scoring?"""
        with self.app.app_context(), only_reading():
            here = and_(Activity.event_id == Event.id, Activity.position == Event.position)
            going_on = or_(Event.door != "closed", Activity.key == "score")
            return db.session.scalar(select(Event.id).join(Activity, here).where(going_on).limit(1)) is not None

    def _make(self, database: Path) -> None:
        file = self.folder / f"hourly-{moment()}.backup"
        try:
            if self.machine.free < database.stat().st_size + self.machine.enough:
                raise Refusal("A backup would fill the disk.")
            aside(make_backup, database, file)
            for old in self._hourly()[:-KEPT]:
                old.unlink()
                old.with_name(old.name + SUFFIX).unlink(missing_ok=True)
        except Exception as error:  # noqa: BLE001 - a backup never harms the day
            self._failed(error)
        else:
            self.machine.backup_failed = False
            journal.note("backup made", file=file.name, bytes=file.stat().st_size)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Refusal):
            journal.warn("the hourly backup was refused", why=str(error))
        else:
            journal.failed("the hourly backup failed", error)
        self.machine.backup_failed = True
        self.rests_until = time.monotonic() + REST

    def _hourly(self) -> list[Path]:
        """The hourly backups, oldest first: their names are moments."""
        return sorted(self.folder.glob(PATTERN))

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Hold the lock of the folder, unless somebody else has it."""
        with os.fdopen(os.open(self.folder / "hourly.lock", os.O_RDWR | os.O_CREAT, 0o600), "rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
            else:
                yield True
