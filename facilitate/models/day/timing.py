"""Timing: the timer is advice, unless the host lets it close the activity at zero.

The deadline is stored, so it outlives a restart; whoever looks at the clock then presses the button that a host would
have pressed, and says which step of the day it saw. `at` is the moment, by the server's clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from facilitate.activities import ACTIVITIES
from facilitate.errors import N_, NotNow
from facilitate.models.base import now
from facilitate.models.day.agenda import Agenda
from facilitate.models.day.steps import BETWEEN
from facilitate.models.log import SYSTEM, Actor


class Timing(Agenda):
    """Start, stretch, pause, go on, stop; and what happens at zero."""

    __abstract__ = True

    def start_timer(self, minutes: int, *, by: Actor, at: datetime | None = None) -> None:
        self.timer_ends_at, self.timer_left = (at or now()) + timedelta(minutes=minutes), None
        self.record("timer.started", by=by, minutes=minutes)

    def stretch_timer(self, minutes: int, *, by: Actor, at: datetime | None = None) -> None:
        """A minute more or less; after zero, one more minute counts from now."""
        at = at or now()
        if self.is_struck and minutes > 0:
            self._open_again(by=by)
            self.timer_ends_at, self.timer_closes = at + timedelta(minutes=minutes), True
        elif self.timer_left is not None:
            self.timer_left = max(0, self.timer_left + 60 * minutes)
        else:
            base = max(self.timer_ends_at or at, at)
            self.timer_ends_at = max(base + timedelta(minutes=minutes), at)
        self.record("timer.stretched", by=by, minutes=minutes)

    def _open_again(self, *, by: Actor) -> None:
        """A minute more after the timer closed the activity is a new opening of it."""
        if self.results_seen:
            raise NotNow(N_("Somebody has seen the results already. To let people score again, reopen scoring."))
        self.move_back(self.version, by=by)

    def pause_timer(self, *, by: Actor, at: datetime | None = None) -> None:
        if self.timer_ends_at is None:
            return
        left = (self.timer_ends_at - (at or now())).total_seconds()
        self.timer_left, self.timer_ends_at = max(0, -int(-left // 1)), None
        self.record("timer.paused", by=by)

    def resume_timer(self, *, by: Actor, at: datetime | None = None) -> None:
        if self.timer_left is None:
            return
        self.timer_ends_at, self.timer_left = (at or now()) + timedelta(seconds=self.timer_left), None
        self.record("timer.resumed", by=by)

    def stop_timer(self, *, by: Actor) -> None:
        if self.timer_ends_at is None and self.timer_left is None:
            return
        self.timer_ends_at = self.timer_left = None
        self.record("timer.stopped", by=by)

    # --- zero ---

    @property
    def may_close_at_zero(self) -> bool:
        """Is anything open now that could be closed?"""
        return bool(ACTIVITIES[self.activity.key].offers) and self.following is not None

    @property
    def is_struck(self) -> bool:
        """Did the timer close the activity before, and nobody has moved the day since? A break has its own timer."""
        return self.timer_struck == self.version and self.activity.key not in BETWEEN

    def close_at_zero(self, *, by: Actor, at: datetime | None = None) -> None:
        """Let the timer close the activity."""
        if self.timer_closes:
            return
        if not self.may_close_at_zero:
            raise NotNow(N_("Nothing is open that the timer could close."))
        if self.is_over(at or now()):
            raise NotNow(N_("The timer is at zero already. Give it more minutes first."))
        self.timer_closes = True
        self.record("timer.closes", by=by)

    def only_remind(self, *, by: Actor) -> None:
        """Let the timer only remind."""
        if not self.timer_closes:
            return
        self.timer_closes = False
        self.record("timer.reminds", by=by)

    def is_over(self, at: datetime) -> bool:
        return self.timer_ends_at is not None and self.timer_ends_at <= at

    def strike(self, version: int, *, at: datetime) -> bool:
        """Zero: close the activity if the timer was told to, the time is really up, and nobody has moved the day."""
        if version != self.version or not self.timer_closes or not self.is_over(at):
            return False
        closed = self.activity.key
        try:
            self.move_on(version, by=SYSTEM)
        except NotNow:  # the next activity cannot begin yet, so this one goes on
            self.only_remind(by=SYSTEM)
            return False
        self.timer_struck = self.version
        self.record("timer.struck", by=SYSTEM, activity=closed)
        return True
