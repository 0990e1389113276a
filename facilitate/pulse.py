"""The pulse: what the log records is nudged to the pages that show it.

A nudge names a section and carries no content, so it cannot leak; browsers that show the section fetch it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, current_app
from sqlalchemy import event as database_event
from sqlalchemy.orm import Session

from facilitate import journal, metrics
from facilitate.extensions import db, socketio
from facilitate.hall import Hall
from facilitate.headway import Headway
from facilitate.models.casting import Mark
from facilitate.models.day.chronicle import COMINGS
from facilitate.neighbours import Message, Neighbours
from facilitate.nudger import Nudger
from facilitate.queries.snapshots import Snapshots, snapshots

DAY = ("activity.", "door.", "day.", "scoring.", "results.", "timer.", "rehearsal.")
SETUP = ("event.", "convenor.", "list.", "agenda.", "notice.")
DESIGN = ("criterion.", "weights.", "design.", "vote.")

SECTIONS: dict[str, tuple[str, ...]] = {
    "phone": (*DAY, *SETUP, "criterion."),
    "board": (
        *DAY,
        *SETUP,
        "criterion.",
        "weights.",
        "design.",
        "points.",
        "approvals.",
        "admission.",
        "idea.",
        "participant.",
        "board.",
        "reveal.",
        "moderation.",
    ),
    "console": ("",),
    "together": ("phones.called",),
}
"""Section to the beginnings of the log actions that change it."""
CALLS = ("together",)
"""What shows nothing by itself: whoever hears of it is asked to come to what is open now."""
SHOWN = tuple(section for section in SECTIONS if section not in CALLS)

NOTED = (
    *(part for part in DAY if part != "timer."),
    "link.",
    "moderation.",
    "export.",
    "ballot.",
    "groups.",
    "phones.",
    "scenario.",
    *SETUP,
    *DESIGN,
)
"""What hosts do is in the journal too; what participants do is not, so that its times say nothing about them."""

PRESENCE = ("board", "console")
"""Sections that show who is here and how far they are."""
HERE = "here"
"""What neighbours are told beside the sections: whose phones are connected."""


def server() -> Any:
    """The Socket.IO server behind Flask-SocketIO, whose stubs do not know it."""
    return socketio.server  # type: ignore[attr-defined]


def hall() -> Hall:
    found: Hall = current_app.extensions["hall"]
    return found


def headway() -> Headway:
    found: Headway = current_app.extensions["headway"]
    return found


def pulse() -> Pulse:
    found: Pulse = current_app.extensions["pulse"]
    return found


class Pulse:
    """Nudges to the people of this process, and word of the same to the neighbours, each at its own even rate.

    What neighbours say is folded into the nudges here, so no page hears more often because there are more processes.
    """

    def __init__(self, app: Flask, hall: Hall) -> None:
        self.hall = hall
        self.snapshots = app.extensions["snapshots"] = Snapshots()
        self.headway: Headway = app.extensions["headway"]
        self.nudger = Nudger(_emit, _later)
        self.teller = Nudger(self._tell, _later)
        url, secret = app.config["REDIS"], app.config["SECRET_KEY"].encode()
        self.neighbours = Neighbours(url, secret, hear=self._hear, beat=self._beat, turned=self._turned)

    def changed(self, event_id: int, code: str, section: str) -> None:
        self.nudger.nudge(code, section)
        self.teller.nudge(str(event_id), section)

    def scored(self, event_ids: Iterable[int], marks: Iterable[Mark] = ()) -> None:
        """Somebody is further than before."""
        self.headway.note(marks)
        for event_id in event_ids:
            self._nudge_presence(event_id)
            for section in PRESENCE:
                self.teller.nudge(str(event_id), section)

    def came_or_went(self, event_id: int) -> None:
        self._nudge_presence(event_id)
        self.teller.nudge(str(event_id), HERE)

    def _nudge_presence(self, event_id: int) -> None:
        if event_id in self.hall.codes:
            for section in PRESENCE:
                self.nudger.nudge(self.hall.codes[event_id], section)

    def _tell(self, event_id: str, section: str) -> None:
        if section == HERE:
            self.neighbours.tell(here={event_id: sorted(self.hall.present(int(event_id)))})
        else:
            self.neighbours.tell(changed=[int(event_id), section])

    def _hear(self, who: str, message: Message) -> None:
        match message:
            case {"changed": [int(event_id), str(section)]} if section in SECTIONS and event_id in self.hall.codes:
                self.snapshots.forget(self.hall.codes[event_id])
                self.nudger.nudge(self.hall.codes[event_id], section)
            case {"here": dict(found)}:
                for event_id, people in found.items():
                    if self.hall.hear(who, int(event_id), people):
                        self._nudge_presence(int(event_id))
            case {"away": str(principal)}:
                self._dismiss(principal)
            case {"hello": True}:
                self._tell_all_who_are_here()

    def _tell_all_who_are_here(self) -> None:
        events = {seat.event_id for seat in self.hall.seats.values()}
        self.neighbours.tell(here={str(event_id): sorted(self.hall.present(event_id)) for event_id in events})

    def _beat(self) -> None:
        for event_id in self.hall.forget_the_silent():
            self._nudge_presence(event_id)
        self._tell_all_who_are_here()

    def _turned(self) -> None:
        """Contact is lost: hosts are told. It is back: everybody looks again, for what was said meanwhile is lost.

        Rights that ended meanwhile need no word of it: the watch asks the database every second.
        """
        sections = ("console",) if self.neighbours.is_cut_off else SHOWN
        for code in {seat.code for seat in self.hall.seats.values()}:
            for section in sections:
                self.nudger.nudge(code, section)

    def send_away(self, principal: str) -> None:
        self._dismiss(principal)
        self.neighbours.tell(away=principal)

    def _dismiss(self, principal: str) -> None:
        gone = self.hall.of(principal)
        for sid in gone:
            line = self.hall.seats[sid].line
            server().disconnect(sid)
            # The client should hang up now. One that does not is hung up on, aside: it may not even be reading.
            socketio.start_background_task(server().eio.disconnect, line)
        if gone:
            journal.note("sockets ended", of=principal.partition(":")[0], count=len(gone))


@database_event.listens_for(db.session, "after_commit")
def pulse_after_commit(session: Session) -> None:
    """What was just committed is nudged."""
    recorded = session.info.pop("recorded", [])
    for event_id, _, action in recorded:
        if action.startswith(NOTED):
            journal.note(action, event=event_id)
    changed = {
        (event_id, code, section)
        for event_id, code, action in recorded
        for section, beginnings in SECTIONS.items()
        if action.startswith(beginnings)
    }
    for code in {code for _, code, action in recorded if not action.startswith(COMINGS)}:
        snapshots().forget(code)
    for each in sorted(changed):
        pulse().changed(*each)


@database_event.listens_for(db.session, "after_rollback")
def forget(session: Session) -> None:
    """What was rolled back never happened."""
    session.info.pop("recorded", None)


def nudge_consoles() -> None:
    """Every console shows itself anew: what changed is not in any event's log."""
    for code in set(hall().codes.values()):
        pulse().nudger.nudge(code, "console")


def _emit(code: str, section: str) -> None:
    socketio.emit("changed", section, to=f"{code}:{section}")
    metrics.nudges.labels(section).inc()


def _later(seconds: float, function: Callable[[], None]) -> None:
    def wait() -> None:
        socketio.sleep(seconds)  # type: ignore[arg-type]
        function()

    socketio.start_background_task(wait)


def send_away(principal: str) -> None:
    """Close every socket of somebody whose right to be here has ended, in every process."""
    pulse().send_away(principal)
