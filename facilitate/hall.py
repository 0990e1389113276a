"""The hall: everybody who is connected to this process right now, and where they sit."""

from __future__ import annotations

from dataclasses import dataclass, field


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

    def sit(self, sid: str, seat: Seat) -> None:
        self.seats[sid] = self.lines[seat.line] = seat
        self.codes[seat.event_id] = seat.code

    def leave(self, sid: str) -> Seat | None:
        seat = self.seats.pop(sid, None)
        if seat:
            self.lines.pop(seat.line, None)
        return seat

    def here(self, event_id: int) -> int:
        """How many people's phones are connected (two devices of one person count once)."""
        return len({s.principal for s in self.seats.values() if s.event_id == event_id and s.section == "phone"})

    def behind(self, kind: str) -> set[str]:
        """The names of everybody of one kind ("account", "capability", "participant") who sits here."""
        principals = {seat.principal.partition(":") for seat in self.seats.values()}
        return {name for found, _, name in principals if found == kind}

    def of(self, principal: str) -> list[str]:
        """The sockets of one principal."""
        return [sid for sid, seat in self.seats.items() if seat.principal == principal]
