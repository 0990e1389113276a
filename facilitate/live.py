"""The live pulse: what the log records is nudged to the pages that show it.

A nudge names a section and carries no content, so it cannot leak; browsers that show the section fetch it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, current_app, request
from sqlalchemy import event as database_event
from sqlalchemy.orm import Session

from facilitate import access, journal, metrics
from facilitate.ballots import ScoreWriter, read_change
from facilitate.database import note_failure, only_reading
from facilitate.early import is_serving
from facilitate.extensions import db, socketio
from facilitate.gathering import Gathering
from facilitate.hall import Hall, Seat
from facilitate.headway import Headway
from facilitate.models.casting import Answer, Change, Mark
from facilitate.models.day.chronicle import COMINGS
from facilitate.neighbours import Message, Neighbours
from facilitate.nudger import Nudger
from facilitate.queries.ballot_paper import ballot_id_of
from facilitate.queries.snapshots import Snapshots, snapshots
from facilitate.transport import MESSAGE_SIZE, GuardedWebSocket, open_lines

DAY = ("activity.", "door.", "day.", "scoring.", "results.", "timer.", "rehearsal.")
DESIGN = ("criterion.", "weights.", "design.", "vote.")

SECTIONS: dict[str, tuple[str, ...]] = {
    "phone": (*DAY, "criterion."),
    "board": (
        *DAY,
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
}
"""Section to the beginnings of the log actions that change it."""

AUDIENCES: dict[str, str] = {"phone": "take part", "board": "show the board", "console": "watch the console"}
"""Section to the deed that lets a socket hear of it."""

NOTED = (
    *(part for part in DAY if part != "timer."),
    "link.",
    "moderation.",
    "export.",
    "ballot.",
    "groups.",
    "scenario.",
    *DESIGN,
)
"""What hosts do is in the journal too; what participants do is not, so that its times say nothing about them."""

PRESENCE = ("board", "console")
"""Sections that show who is here and how far they are."""
HERE = "here"
"""What neighbours are told beside the sections: whose phones are connected."""


def socket_options() -> dict[str, Any]:
    """How the socket server runs: in order, in small messages, without cookies of its own."""
    return {
        "async_mode": "gevent" if is_serving() else "threading",
        "async_handlers": False,
        "manage_session": False,
        "max_http_buffer_size": MESSAGE_SIZE,
        "http_compression": False,
        "cors_allowed_origins": "*",  # the transport guard knows which origins are ours
        "cors_credentials": False,
        "ping_interval": 25,
        "ping_timeout": 20,
    }


def init_app(app: Flask) -> None:
    """Wire log to nudges, and sockets to seats."""
    hall = app.extensions["hall"] = Hall(secret=app.config["SECRET_KEY"].encode())
    app.extensions["headway"] = Headway()
    pulse = app.extensions["pulse"] = Pulse(app, hall)
    with app.app_context():
        writer = app.extensions["score_writer"] = ScoreWriter(db.engine, pulse.scored)
    app.extensions["gathering"] = Gathering(app)
    socketio.on_event("connect", enter)
    socketio.on_event("disconnect", leave)
    socketio.on_error_default(stumbled)
    # The one hot event goes past Flask's request context: it needs nothing of it.
    server().on("score", lambda sid, said: score(hall, writer, sid, said))
    if is_serving():
        GuardedWebSocket.take_score = ShortWay(hall, writer).take
        server().eio._async["websocket"] = GuardedWebSocket  # noqa: SLF001 - the driver has no other door for its size limit


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


def writer() -> ScoreWriter:
    found: ScoreWriter = current_app.extensions["score_writer"]
    return found


# --- the pulse ---


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
        sections = ("console",) if self.neighbours.is_cut_off else tuple(SECTIONS)
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


# --- sockets ---


def enter(auth: object = None) -> bool:
    """Seat a socket, or turn it away. A page that is not as of the last change of the day is told so."""
    with only_reading():
        return _enter(request.sid, auth)  # type: ignore[attr-defined]


def _enter(sid: str, auth: object) -> bool:
    seat = _seat(auth, server().manager.eio_sid_from_sid(sid, "/"))
    if seat is None:
        return False
    hall().sit(sid, seat)
    server().enter_room(sid, f"{seat.code}:{seat.section}")
    pulse().came_or_went(seat.event_id)
    shown = auth.get("day") if isinstance(auth, dict) else None
    if shown is not None and shown != _day(seat.code):
        server().emit("changed", seat.section, to=sid)
    return True


def _day(code: str) -> int | None:
    event = snapshots().find(code)
    return event.day_revision if event else None


def leave(*_reason: object) -> None:
    seat = hall().leave(request.sid)  # type: ignore[attr-defined]
    if seat:
        pulse().came_or_went(seat.event_id)


def stumbled(error: BaseException) -> bool:
    """Our own mistake while somebody came or went: nothing half-done is kept, and the phone connects anew."""
    db.session.rollback()
    note_failure("a socket event failed", error)
    line = server().eio.sockets.get(server().manager.eio_sid_from_sid(request.sid, "/"))  # type: ignore[attr-defined]
    if line:
        line.close(wait=False)
    return False


def score(hall: Hall, writer: ScoreWriter, sid: str, said: object) -> dict[str, Any] | None:
    """A score that came the long way (polling, or an unusual frame): the answer goes out after the commit."""
    seat = hall.seats.get(sid)
    change = read_change(seat.event_id, seat.ballot_id, said) if seat and seat.ballot_id else None
    if change is None:
        return Answer(False, 0, "invalid" if seat and seat.ballot_id else "gone").as_json()
    answer = writer.cast([change])[0]
    if seat and seat.wants_batches:
        server().emit("saved", [_of_batch(change, answer)], to=sid)
        return None
    return answer.as_json()


def _of_batch(change: Change, answer: Answer) -> dict[str, Any]:
    return {**answer.as_json(), "seq": change.seq, "idea": change.idea, "criterion": change.criterion}


class ShortWay:
    """Scores that came by WebSocket: past Flask and the event machinery to the writer, which answers by itself."""

    def __init__(self, hall: Hall, writer: ScoreWriter) -> None:
        self.hall, self.writer = hall, writer

    def take(self, line: str, number: str, said: dict[str, Any], answer: Callable[[str], None]) -> bool:
        """Hand the score to the writer; False leaves it to the long way."""
        seat = self.hall.lines.get(line)
        if seat is None or seat.ballot_id is None or not (number or seat.wants_batches):
            return False
        change = read_change(seat.event_id, seat.ballot_id, said)
        if change is None:
            return False
        self.writer.put([change], lambda answers: answer(_packet(seat, number, change, answers[0])))
        return True


def _packet(seat: Seat, number: str, change: Change, answer: Answer) -> str:
    """The answer as Socket.IO writes it."""
    if seat.wants_batches:
        return "42" + json.dumps(["saved", [_of_batch(change, answer)]], separators=(",", ":"))
    if answer.ok:  # nearly always
        return f'43{number}[{{"ok":true,"seq":{answer.seq}}}]'
    return f"43{number}" + json.dumps([answer.as_json()], separators=(",", ":"))


def open_sockets() -> int:
    """How many connections there are, by WebSocket or by polling."""
    return open_lines(server().eio.sockets)


def send_away(principal: str) -> None:
    """Close every socket of somebody whose right to be here has ended, in every process."""
    pulse().send_away(principal)


def close() -> None:
    """The server goes: what waits is written and answered, then every socket ends; phones come back by themselves."""
    writer().cast([])  # returns after everything that came before it
    for line in list(server().eio.sockets.values()):
        line.close(wait=False)  # after the answers that are on their way
        socketio.sleep(0)


EVENTS = {"connect": "look around", "disconnect": "look around", "score": "score"}
"""Every socket event and the deed behind it; a test compares this with the server's own table."""


def _seat(auth: object, line: str) -> Seat | None:
    """Where this socket may sit. The page says which event and section it shows; cookies say whether it may."""
    if not isinstance(auth, dict):
        return None
    code, section = auth.get("event"), auth.get("section")
    if not isinstance(code, str) or not code.isdecimal() or not isinstance(section, str) or section not in AUDIENCES:
        return None
    event = snapshots().find(code)
    found = access.holder(event, AUDIENCES[section]) if event else None
    if event is None or found is None:
        return None
    return Seat(
        event.id,
        event.code,
        section,
        found.principal,
        line,
        ballot_id_of(event, found.participant) if found.participant else None,
        wants_batches=auth.get("answers") == "batched",
    )
