"""The machine underneath: is there room on its disk? Hosts are told before it matters, and when it does."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from facilitate import journal, metrics
from facilitate.errors import N_, Busy, DiskFull

ENOUGH = 200 * 1024 * 1024
"""Bytes that should be free; a long day needs a fraction of it."""
MEMORY = 60.0
"""Seconds after which a failure that did not come again is over, where no success says so earlier."""

DISK_IS_FULL = N_("The disk is full: nothing can be saved. Phones keep their answers and send them once there is room.")
BACKUP_FAILED = N_("The hourly backup did not succeed. The day goes on; please tell whoever looks after the server.")
DISK_IS_LOW = N_("The disk is almost full. Please make room on the server soon: what is sent later may not be saved.")


@dataclass
class Machine:
    """What this process has seen of the machine it runs on."""

    folder: Path
    enough: int = ENOUGH
    clock: Callable[[], float] = time.monotonic
    backup_failed: bool = False
    _full_at: float | None = None

    @property
    def free(self) -> int:
        """Bytes on the disk of the instance."""
        return shutil.disk_usage(self.folder).free

    @property
    def is_full(self) -> bool:
        """Did the database find no room a moment ago?"""
        return self._full_at is not None and self.clock() - self._full_at < MEMORY

    def failed(self, error: BaseException) -> None:
        """The database refused something."""
        why = trouble(error)
        if why is None:
            return
        metrics.database_refused.labels(why).inc()
        journal.nuisance("the database could not write", why)
        if why == "full":
            self._full_at = self.clock()

    def wrote(self) -> None:
        """The database took something, so there is room."""
        self._full_at = None

    def refusal(self) -> Busy:
        """What people are told whose change could not be saved."""
        return DiskFull() if self.is_full else Busy()

    def warnings(self) -> list[str]:
        """What hosts must know now, as catalogue keys, the worst first."""
        found = [DISK_IS_FULL] if self.is_full else [DISK_IS_LOW] if self.free < self.enough else []
        return found + [BACKUP_FAILED] * self.backup_failed


TROUBLES: dict[int | str, str] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "full",  # how SQLite calls it where a quota ends the file
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    "53100": "full",  # PostgreSQL
    "55P03": "locked",
}


def trouble(error: BaseException) -> str | None:
    """Is there no room ("full"), or did somebody else hold the database ("locked")? None: something else."""
    if isinstance(error, sqlite3.OperationalError):
        return TROUBLES.get(error.sqlite_errorcode & 0xFF)
    return TROUBLES.get(getattr(error, "sqlstate", None) or "")
