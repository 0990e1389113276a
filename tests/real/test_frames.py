"""Malformed frames, forty-nine kinds and their mutations: they end their own connection, and nothing else (T20)."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.rehearsal.phone import Phone, Tap
from facilitate.rehearsal.room import Room
from tests.real.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, RawLine, frame
from tests.real.phones import boxes, room_at_scoring, stored
from tests.real.server import Server, Weakened
from tests.sizes import size

MUTATIONS = size(pr=1000, soak=100_000)
MEGABYTE = 1024 * 1024


def score(content: object, number: object = 1) -> bytes:
    return frame(TEXT, f"42{number}" + json.dumps(["score", content]))


WRONG: dict[str, bytes] = {
    # the WebSocket itself
    "reserved kind of frame": frame(0x3, b"x"),
    "reserved kind of control frame": frame(0xB, b"x"),
    "first reserved bit": frame(TEXT, "2", rsv=4),
    "second reserved bit": frame(TEXT, "2", rsv=2),
    "third reserved bit": frame(PING, b"", rsv=1),
    "no mask": frame(TEXT, "2", mask=False),
    "control frame without a mask": frame(PING, b"x", mask=False),
    "length says more": frame(TEXT, "2", length=100) + frame(TEXT, "2"),
    "length says less": frame(TEXT, "42" + "x" * 60, length=3),
    "length says two to the sixty-third": frame(TEXT, b"x", length=2**63),
    "length says a gigabyte": frame(TEXT, b"x" * 50, length=2**30),
    "long form of a short length": bytes([0x81, 0xFE, 0, 1]) + b"\0\0\0\0" + b"2",
    "control frame in pieces": frame(PING, b"x", last=False) + frame(CONTINUATION, b"y"),
    "control frame too long": frame(PING, b"x" * 126),
    "continuation of nothing": frame(CONTINUATION, b"2"),
    "new message inside a message": frame(TEXT, "4", last=False) + frame(TEXT, "2"),
    "binary inside a text": frame(TEXT, "4", last=False) + frame(BINARY, b"2"),
    "text that is not UTF-8": frame(TEXT, b"\xff\xfe\xfd"),
    "half a letter": frame(TEXT, b"42\xc3", last=False) + frame(CONTINUATION, b"("),
    "half of a surrogate pair": frame(TEXT, "42\ud800"),
    "farewell of one byte": frame(CLOSE, b"\x03"),
    "farewell with a code that nobody has": frame(CLOSE, (999).to_bytes(2, "big")),
    "farewell that is not UTF-8": frame(CLOSE, b"\x03\xe8\xff"),
    "words after the farewell": frame(CLOSE, b"\x03\xe8") + frame(TEXT, "2"),
    "pong that nobody asked for": frame(PONG, b"x" * 125) * 50,
    "many empty pieces": frame(TEXT, b"", last=False) + frame(CONTINUATION, b"", last=False) * 200,
    "a second handshake": b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n\r\n",
    "noise": bytes(range(256)) * 4,
    # Engine.IO
    "empty packet": frame(TEXT, ""),
    "binary packet": frame(BINARY, b"\x04\x00"),
    "packet of no kind": frame(TEXT, "9x"),
    "open": frame(TEXT, '0{"sid":"mine"}'),
    "many pongs": frame(TEXT, "3") * 300,
    "probe and upgrade": frame(TEXT, "2probe") + frame(TEXT, "5") * 50,
    "several packets as polling has them": frame(TEXT, '42["score",{}]\x1e42["score",{}]'),
    # Socket.IO
    "connect spoofed": frame(TEXT, '42["connect",{}]'),
    "disconnect spoofed": frame(TEXT, '42["disconnect","spoofed"]'),
    "another namespace": frame(TEXT, "40/admin,{}"),
    "connect twice": frame(TEXT, '40{"event":"1","section":"phone"}') * 2,
    "connect with half a letter": frame(TEXT, '40{"event":"\\ud800","section":"phone"}'),
    "connect with digits of nowhere": frame(TEXT, "41")
    + frame(TEXT, '40{"event":"' + "9" * 900 + '","section":"phone"}'),
    "leave, then speak": frame(TEXT, "41") + score({}),
    "binary attachments": frame(TEXT, '451-["score",{"_placeholder":true,"num":0}]') + frame(BINARY, b"x"),
    "a billion attachments": frame(TEXT, '45999999999-["score",{"_placeholder":true,"num":0}]'),
    "answer that nobody asked for": frame(TEXT, '431["x"]'),
    "event without a name": frame(TEXT, "42[]"),
    "brackets without end": frame(TEXT, "421" + '["score",' + "[" * 7000),
    "brackets with an end": frame(TEXT, "421" + '["score",' + "[" * 7000 + "]" * 7000 + "]"),
    "number of a thousand digits": frame(TEXT, "42" + "1" * 1000 + '["score",{}]'),
}
VALUES = [
    "NaN", "-Infinity", "1e999", "-1e999", "1" * 4000, "1" * 99, "-1", "0", "9007199254740993", "true", "null", "[]",
    "{}", '""', '"\\ud800"', '"\\u0000"', '"' + "x" * 300 + '"', '"sNaN"', '"1e999999"', '"recused"', "4.5",
    '"4 "', '"\\u0664"', "[[4]]",
]  # fmt: skip
FIELDS = ("seq", "idea", "criterion", "value")


def wrong_scores(idea: str) -> Iterator[str]:
    """Every field of a score with every wrong value, and with none."""
    right = {"seq": "1", "idea": f'"{idea}"', "criterion": '"A"', "value": "4"}
    for field in FIELDS:
        yield "{" + ",".join(f'"{name}":{said}' for name, said in right.items() if name != field) + "}"
        for value in VALUES:
            yield "{" + ",".join(f'"{name}":{said}' for name, said in (right | {field: value}).items()) + "}"


@pytest.fixture(scope="module")
def room(shared_server: Server) -> Iterator[Room]:
    made = room_at_scoring(shared_server, people=3, ideas=3)
    yield made
    for phone in made.phones:
        phone.hang_up()


class Victim:
    """Somebody who only wants to score."""

    def __init__(self, room: Room) -> None:
        self.phone, self.boxes, self.turn = room.phones[1], boxes(room), 0

    def scores(self) -> None:
        self.turn += 1
        box, value = self.boxes[self.turn % len(self.boxes)], str(1 + self.turn % 5)
        self.phone.score([Tap(*box, value)])
        assert self.phone.saved[box][1] == value


def attack(server: Server, phone: Phone, raw: bytes, line: RawLine | None = None) -> RawLine:
    """Send these bytes; on the connection that is there, or on a new one where it was hung up."""
    if line is not None:
        try:
            line.send(raw)
        except OSError:
            line.close()
        else:
            return line
    fresh = RawLine(phone.browser, phone.code)
    fresh.send(raw)
    return fresh


def test_every_kind_of_wrong_frame(shared_server: Server, room: Room) -> None:
    victim = Victim(room)
    for name, raw in WRONG.items():
        line = attack(shared_server, room.phones[0], raw)
        victim.scores()
        line.close()
        assert shared_server.log_tracebacks() == [], name
    assert shared_server.is_running


def test_every_field_of_a_score_with_every_wrong_value(shared_server: Server, room: Room) -> None:
    """The victim's ballot stays as it was, and the attacker's holds nothing but levels."""
    attacker, victim = room.phones[2], Victim(room)
    before = dict(stored(shared_server.store, victim.phone))
    for words in wrong_scores(boxes(room)[0][0]):
        line = attack(shared_server, attacker, frame(TEXT, '427["score",' + words + "]"))
        line.is_closed(0.005)  # a moment to work on it
        line.close()
    assert shared_server.log_tracebacks() == []
    assert dict(stored(shared_server.store, victim.phone)) == before
    assert {value for _seq, value in stored(shared_server.store, attacker).values()} <= {"4", None, "dont_know"}
    victim.scores()


def test_mutations(shared_server: Server, room: Room) -> None:
    dice, victim, attacker = random.Random(20), Victim(room), room.phones[0]  # noqa: S311 - repeatable, not secret
    right = score({"seq": 1, "idea": boxes(room)[0][0], "criterion": "A", "value": 4})
    seeds = [*WRONG.values(), *[frame(TEXT, "2"), frame(PING, b"x"), right] * 8]
    before = shared_server.rss()
    for turn in range(0, MUTATIONS, 3):
        line = None
        for _ in range(3):
            line = attack(shared_server, attacker, mutated(dice.choice(seeds), dice), line)
        assert line is not None
        line.close()
        if turn % 51 == 0:
            victim.scores()
    victim.scores()
    assert shared_server.is_running
    assert shared_server.log_tracebacks() == []
    assert shared_server.rss() - before < 20 * MEGABYTE


def mutated(raw: bytes, dice: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(changed))
        match dice.randrange(4):
            case 0:
                changed[place] = dice.randrange(256)
            case 1:
                changed[place] ^= 1 << dice.randrange(8)
            case 2:
                del changed[place + 1 :]
            case 3:
                changed[place:place] = changed[: dice.randrange(40)]
    return bytes(changed)


def test_a_server_without_a_list_of_what_may_be_said_runs_what_strangers_say(tmp_path: Path) -> None:
    """The control: there a client's own "disconnect" makes somebody leave who is still here."""
    with Weakened(tmp_path / "instance", "takes_everything") as server:
        room = room_at_scoring(server, people=1, ideas=3)
        (phone,) = room.phones
        idea, criterion = boxes(room)[0]
        assert phone.line is not None
        phone.line.socket.send('42["disconnect","spoofed"]')
        time.sleep(0.5)  # a score takes a shorter way than anything else
        phone.line.say(1, "score", {"seq": 1, "idea": idea, "criterion": criterion, "value": 4})
        assert phone.line.answer(5) == (1, {"ok": False, "why": "gone", "seq": 0})
        phone.hang_up()
