"""Archiving: cutting the thread between people and their answers for good; and deleting an event altogether."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, update

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.base import now
from facilitate.models.day.rehearsal import Rehearsal
from facilitate.models.idea import Idea
from facilitate.models.log import Actor
from facilitate.models.people import Participant
from facilitate.models.ticket import Ticket

SHORTEST, LONGEST = timedelta(days=30), timedelta(days=731)
"""After the day of the event; for less than a year the notice has to ask for consent (Ontario)."""
SECOND_THOUGHTS = timedelta(minutes=10)
"""So long a deletion can be taken back."""


class Archiving(Rehearsal):
    """Until when, and then for good."""

    __abstract__ = True

    def keep(self, until: date, *, by: Actor) -> None:
        """Say until when answers can be brought back to a phone. People join on this date: it only gets nearer."""
        if until == self.keep_until:
            return
        if not SHORTEST <= until - self.starts_on <= LONGEST:
            raise Invalid(N_("Answers are kept for 30 days to 24 months after the day of the event."))
        if until <= self.today:
            raise Invalid(N_("This date is not ahead of us. To archive the event now, there is a button."))
        if self.has_let_in and self.keep_until is not None and until > self.keep_until:
            raise NotNow(N_("People joined on the date that they were told. It can only come nearer."))
        before, self.keep_until = self.keep_until, until
        self.record("event.kept", by=by, before=str(before or ""), after=str(until))

    @property
    def today(self) -> date:
        """The day it is where the event is."""
        return now().astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def is_due(self) -> bool:
        """Is the last day over on which answers could be brought back?"""
        return not self.is_archived and self.keep_until is not None and self.keep_until < self.today

    def keep_with(self, day: date) -> None:
        """The event is on another day: the date moves with it, but never behind us, nor away from who was told it."""
        if self.keep_until is None:
            return
        moved = self.keep_until + (day - self.starts_on)
        if moved > self.today and not (self.has_let_in and moved > self.keep_until):
            self.keep_until = moved

    def archive(self, *, by: Actor) -> None:
        """Destroy the event's key and everything about its people. Ballots, ideas and results stay, and are nobody's.

        An organization stays where an idea names it as its own.
        """
        if self.is_archived:
            return
        self.door = "closed"
        self.database.execute(update(Idea).where(Idea.event_id == self.id).values(author=None))
        for table in (Participant, Ticket):
            self.database.execute(delete(table).where(table.event_id == self.id))
        self.forget_organizations()
        self.key, self.rehearsal_pass = None, None
        self.version += 1
        self.record("event.archived", by=by)
        self.database.flush()
        self.database.expire_all()

    def delete_soon(self, *, by: Actor) -> None:
        """Everything goes, in a moment that leaves time for second thoughts."""
        if self.delete_at is None:
            self.delete_at = now() + SECOND_THOUGHTS
            self.record("event.doomed", by=by)

    def keep_after_all(self, *, by: Actor) -> None:
        if self.delete_at is not None:
            self.delete_at = None
            self.record("event.spared", by=by)

    @property
    def is_going_on(self) -> bool:
        return self.door != "closed" or self.is_scoring

    def refuse_while_people_are_here(self) -> None:
        """Nobody is cut off in the middle of a day."""
        if self.is_going_on:
            raise NotNow(N_("The day is not closed yet. Close it first."))
