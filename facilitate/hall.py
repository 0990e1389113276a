"""The hall: everybody who is connected right now, where they sit, and whom the neighbours say is with them."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

SILENCE = 15.0
"""Seconds after which nobody counts on what a neighbour said: three of its beats."""


@dataclass(frozen=True)
class Seat:
    """One open socket: which event, which page, on whose behalf."""

    event_id: int
    code: str
    section: str
    principal: str
    line: str = ""
    """Engine.IO's name of the connection."""
    ballot_id: str | None = None
    wants_batches: bool = False
    """Answers come as one `saved` event per commit instead of one acknowledgement each."""


@dataclass
class Hall:
    seats: dict[str, Seat] = field(default_factory=dict)
    lines: dict[str, Seat] = field(default_factory=dict)
    """The same seats by Engine.IO's name of their connection."""
    codes: dict[int, str] = field(default_factory=dict)
    """Event to code, of every event somebody ever sat in."""
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    """Shared with the neighbours: people are counted under names that mean nothing elsewhere."""
    elsewhere: dict[tuple[str, int], tuple[float, frozenset[str]]] = field(default_factory=dict)
    """Neighbour and event to when it spoke and who is with it."""
    clock: Callable[[], float] = time.monotonic

    def sit(self, sid: str, seat: Seat) -> None:
        self.seats[sid] = self.lines[seat.line] = seat
        self.codes[seat.event_id] = seat.code

    def leave(self, sid: str) -> Seat | None:
        seat = self.seats.pop(sid, None)
        if seat:
            self.lines.pop(seat.line, None)
        return seat

    def here(self, event_id: int) -> int:
        """How many people's phones are connected, to any process (two devices of one person count once)."""
        since = self.clock() - SILENCE
        there = [who for (_, event), (at, who) in self.elsewhere.items() if event == event_id and at >= since]
        return len(frozenset().union(self.present(event_id), *there)) if there else len(self._people(event_id))

    def _people(self, event_id: int) -> set[str]:
        return {s.principal for s in self.seats.values() if s.event_id == event_id and s.section == "phone"}

    def present(self, event_id: int) -> frozenset[str]:
        """Whose phones are connected to this process, under names for the neighbours."""
        return frozenset(map(self._name, self._people(event_id)))

    def _name(self, principal: str) -> str:
        return hashlib.blake2b(principal.encode(), key=self.secret[:64], digest_size=9).hexdigest()

    def hear(self, neighbour: str, event_id: int, people: Iterable[str]) -> bool:
        """A neighbour says who is with it; is that news?"""
        before = self.elsewhere.get((neighbour, event_id), (0.0, frozenset()))[1]
        self.elsewhere[neighbour, event_id] = (self.clock(), frozenset(people))
        return before != frozenset(people)

    def forget_the_silent(self) -> set[int]:
        """Neighbours that have not spoken for a while are gone; returns whose events that changes."""
        since = self.clock() - SILENCE
        gone = {key: who for key, (at, who) in self.elsewhere.items() if at < since}
        for key in gone:
            del self.elsewhere[key]
        return {event_id for (_, event_id), who in gone.items() if who}

    def behind(self, kind: str) -> set[str]:
        """The names of everybody of one kind ("account", "capability", "participant") who sits here."""
        principals = {seat.principal.partition(":") for seat in self.seats.values()}
        return {name for found, _, name in principals if found == kind}

    def of(self, principal: str) -> list[str]:
        """The sockets of one principal."""
        return [sid for sid, seat in self.seats.items() if seat.principal == principal]
