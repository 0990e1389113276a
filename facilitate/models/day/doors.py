"""Doors: who may come in, and until when."""

from __future__ import annotations

from facilitate.errors import N_, NotNow
from facilitate.models.day.archiving import Archiving
from facilitate.models.log import Actor


class Doors(Archiving):
    """Open, locked, closed."""

    __abstract__ = True

    def open_doors(self, *, by: Actor) -> None:
        """Let people join. What a rehearsal left behind goes first."""
        self.refuse_once_archived()
        if self.delete_at is not None:
            raise NotNow(N_("This event is about to be deleted. Keep it first, then open the doors."))
        if self.door == "open" and not self.is_rehearsal:
            return
        if self.is_rehearsal:
            self.clear_rehearsal(by=by)
        self.door = "open"
        self.version += 1
        self.record("door.opened", by=by)

    def lock_door(self, *, by: Actor) -> None:
        """Nobody else joins; who is in stays in."""
        if self.door == "locked":
            return
        self.door = "locked"
        self.version += 1
        self.record("door.locked", by=by)

    def close_day(self, *, by: Actor) -> None:
        """The last button of the day: nobody joins any more, results stay at their address."""
        if self.door == "closed":
            return
        self.door = "closed"
        self.version += 1
        self.record("day.closed", by=by)
