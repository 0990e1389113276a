"""Admission: who gets a ballot. Anybody with the code, as many as were counted, or whoever has a ticket."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, func, select, update

from facilitate.errors import N_, Invalid, NotNow, RoomFull, TicketRefused, TicketUsed
from facilitate.models.day.chronicle import ADMISSIONS, Chronicle
from facilitate.models.log import Actor
from facilitate.models.people import Participant
from facilitate.models.ticket import Ticket, new_ticket, ticket_hash


def people_in(event_id: int) -> Select[Any]:
    """How many have joined; a rehearsal takes no place."""
    return select(func.count()).where(Participant.event_id == event_id, Participant.channel != "rehearsal")


class Admission(Chronicle):
    """Stated before the doors open; the door itself is in `doors`."""

    __abstract__ = True

    def admit(self, mode: str, heads: int | None = None, *, by: Actor) -> None:
        """Say who may join. `heads`: how many people are in the room, where they are counted."""
        if mode not in ADMISSIONS:
            raise Invalid()
        if mode == "counted" and heads is None:
            raise Invalid(N_("Please say how many people are in the room."))
        if mode not in self.admissions_left():
            raise NotNow(N_("People have joined already. What would let them in a second time cannot be chosen now."))
        heads = heads if mode == "counted" else None
        if (mode, heads) == (self.admission, self.heads):
            return
        before, self.admission, self.heads = self.admission, mode, heads
        self.record("admission.changed", by=by, before=before, after=mode, heads=heads)

    def admissions_left(self) -> tuple[str, ...]:
        """What may still be chosen: once somebody has joined, nothing may say more of the room than was true."""
        if not self.count_people():
            return ADMISSIONS
        return ("open", "counted") if self.admission == "open" else (self.admission,)

    def count_people(self) -> int:
        return self.database.scalar(people_in(self.id)) or 0

    @property
    def is_full(self) -> bool:
        return self.admission == "counted" and self.count_people() >= (self.heads or 0)

    def make_tickets(self, count: int, *, by: Actor) -> list[str]:
        """New tickets. Their numbers are known this once: only hashes are kept."""
        if self.admission != "tickets":
            raise NotNow(N_("Choose tickets first. Then they can be printed."))
        self.refuse_once_archived()
        assert self.key is not None
        numbers = [new_ticket() for _ in range(count)]
        self.database.add_all(Ticket(event_id=self.id, hash=ticket_hash(self.key, number)) for number in numbers)
        self.record("tickets.made", by=by, count=count)
        return numbers

    def withdraw_tickets(self, *, by: Actor) -> None:
        """Tickets that nobody has used yet let nobody in any more."""
        unused = self.database.scalars(select(Ticket).where(Ticket.event_id == self.id, ~Ticket.is_used)).all()
        if not unused:
            return
        self.database.execute(delete(Ticket).where(Ticket.event_id == self.id, ~Ticket.is_used))
        self.record("tickets.withdrawn", by=by, count=len(unused))

    def _take_place(self, ticket: str) -> None:
        """One more person, or a refusal. Two who come at once are told apart by the database."""
        if self.admission == "counted":
            self._lock()
            if self.is_full:
                raise RoomFull()
        if self.admission == "tickets":
            self._tear(ticket)

    def _lock(self) -> None:
        """Nobody else joins this event until the transaction ends."""
        self.database.refresh(self, ["heads"], with_for_update=True)

    def _tear(self, ticket: str) -> None:
        assert self.key is not None, "an archived event has no open door"
        this = (Ticket.hash == ticket_hash(self.key, ticket), Ticket.event_id == self.id)
        if self.database.scalar(
            update(Ticket).where(*this, ~Ticket.is_used).values(is_used=True).returning(Ticket.hash)
        ):
            return
        raise TicketUsed() if self.database.scalar(select(Ticket.hash).where(*this)) else TicketRefused()
