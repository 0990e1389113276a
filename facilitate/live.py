"""The sockets: who may sit where, and how a score comes in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request

from facilitate import access
from facilitate.ballots import ScoreWriter, read_change
from facilitate.database import note_failure, only_reading
from facilitate.early import is_serving
from facilitate.extensions import db, socketio
from facilitate.gathering import Gathering
from facilitate.hall import Hall, Seat
from facilitate.headway import Headway
from facilitate.models.casting import Answer, Change
from facilitate.pulse import Pulse, hall, pulse, server
from facilitate.queries.ballot_paper import ballot_id_of
from facilitate.queries.snapshots import snapshots
from facilitate.transport import MESSAGE_SIZE, GuardedWebSocket, open_lines

AUDIENCES: dict[str, str] = {"phone": "take part", "board": "show the board", "console": "watch the console"}
"""Section to the deed that lets a socket hear of it."""
HEARS = {"phone": ("phone", "together")}
"""What a page hears of, where that is more than its own section."""


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


def writer() -> ScoreWriter:
    found: ScoreWriter = current_app.extensions["score_writer"]
    return found


def enter(auth: object = None) -> bool:
    """Seat a socket, or turn it away. A page that is not as of the last change of the day is told so."""
    with only_reading():
        return _enter(request.sid, auth)  # type: ignore[attr-defined]


def _enter(sid: str, auth: object) -> bool:
    seat = _seat(auth, server().manager.eio_sid_from_sid(sid, "/"))
    if seat is None:
        return False
    hall().sit(sid, seat)
    for section in HEARS.get(seat.section, (seat.section,)):
        server().enter_room(sid, f"{seat.code}:{section}")
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
