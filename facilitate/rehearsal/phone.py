"""A phone without a person: joins, sends ideas, and scores over the socket as a phone page does.

Delivery is the one of every phone: a change waits in the outbox until the server has answered it; without an answer,
or with a socket that broke, it is sent again under the same number.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from facilitate.rehearsal.browser import Browser, Page, Unreachable, insist
from facilitate.rehearsal.websocket import SocketClosed, WebSocket

WINDOW = 8
"""Changes that may be on their way at once; the server keeps their order."""
ANSWER_PATIENCE = 5.0
"""Seconds without any answer after which everything in the outbox is sent again."""
RETURN_PATIENCE = 60.0
"""Seconds that a phone tries to come back to a server that went away."""
BURST, RATE = 300.0, 150.0
"""A phone stays below the server's flood guard: so many at once, so many a second for long."""

Key = tuple[str, str | None]
"""Idea and criterion; without a criterion it is the stake button."""


@dataclass(frozen=True)
class Tap:
    """One answer on a phone."""

    idea: str
    criterion: str | None
    value: str | None

    @property
    def key(self) -> Key:
        return self.idea, self.criterion


@dataclass
class Paper:
    """What this phone may answer now."""

    activity: str
    ideas: dict[str, str]
    """Id to title."""
    levels: dict[str, list[str]]
    """Criterion to its levels, in their order."""
    seq: int


class Line:
    """An open Socket.IO connection: events with acknowledgements go out, answers come in, pings are answered."""

    def __init__(self, browser: Browser, auth: dict[str, Any]) -> None:
        self.nudges = 0
        self.socket = WebSocket.open(
            browser.host,
            "/socket.io/?EIO=4&transport=websocket",
            {"Cookie": browser.cookie_header, "Origin": browser.origin},
            is_secure=browser.is_secure,
        )
        try:
            self._expect("0")
            self.socket.send("40" + json.dumps(auth))
            self._expect("40")
        except BaseException:
            self.close()
            raise

    def _expect(self, beginning: str) -> None:
        packet = self.socket.receive(patience=10)
        while packet is not None and packet.startswith("42"):  # a nudge may be quicker than the welcome
            packet = self.socket.receive(patience=10)
        if packet is None or not packet.startswith(beginning):
            raise SocketClosed(f"the socket answered {packet!r}")

    def say(self, number: int, event: str, said: object) -> None:
        self.socket.send(f"42{number}" + json.dumps([event, said], separators=(",", ":")))

    def answer(self, patience: float) -> tuple[int, Any] | None:
        """The next acknowledgement, as its number and content; None if none came in time."""
        until = time.monotonic() + patience
        while (packet := self.socket.receive(until - time.monotonic())) is not None:
            if packet == "2":
                self.socket.send("3")
            elif packet.startswith("43"):
                number, _, content = packet[2:].partition("[")
                return int(number), json.loads("[" + content)[0]
            elif packet.startswith("42"):
                self.nudges += 1
            elif packet.startswith(("41", "1")):
                raise SocketClosed("the server closed the socket")
        return None

    def close(self) -> None:
        self.socket.close()


class Pace:
    """How fast a phone may talk without being taken for a flood."""

    def __init__(self) -> None:
        self.tokens, self.at = BURST, time.monotonic()

    def wait(self) -> None:
        at = time.monotonic()
        self.tokens = min(BURST, self.tokens + (at - self.at) * RATE) - 1
        self.at = at
        if self.tokens < 0:
            time.sleep(-self.tokens / RATE)


@dataclass
class Phone:
    """One phone in the room."""

    browser: Browser
    code: str
    line: Line | None = None
    seq: int = 0
    outbox: dict[int, Tap] = field(default_factory=dict)
    """Sent and not answered yet, by their number, oldest first."""
    said: dict[Key, str | None] = field(default_factory=dict)
    """The last answer given to each question."""
    saved: dict[Key, tuple[int, str | None]] = field(default_factory=dict)
    """The last answer to each question that the server acknowledged, with its number."""
    refused: dict[Key, str] = field(default_factory=dict)
    """Why an answer was not taken."""
    waits: list[float] = field(default_factory=list)
    """Seconds from each answer to its acknowledgement."""
    patience: float = RETURN_PATIENCE
    _sent_at: dict[int, float] = field(default_factory=dict)
    _pace: Pace = field(default_factory=Pace)

    # --- pages ---

    def join(self, **fields: str) -> None:
        """Come in; `rehearsal` is the pass of a simulated room."""
        insist(self.browser.post(f"/{self.code}", fields), "joining", 303)

    def submit(self, fields: list[tuple[str, str]]) -> None:
        insist(self.browser.post(f"/{self.code}/ideas", fields), "an idea", 303)

    def vote(self, ideas: Iterable[str]) -> None:
        insist(self.browser.post(f"/{self.code}/votes", [("keep", idea) for idea in ideas]), "a vote", 303)

    def weigh(self, points: Mapping[str, int]) -> None:
        fields = [(f"points-{criterion}", str(given)) for criterion, given in points.items()]
        insist(self.browser.post(f"/{self.code}/weights", fields), "points", 303)

    def home(self) -> Page:
        return insist(self.browser.get(f"/{self.code}"), "the phone's page", 200)

    def paper(self) -> Paper:
        """What may be answered now, and from which number the phone goes on."""
        seen = insist(self.browser.get(f"/api/v1/events/{self.code}"), "the ballot", 200).json
        self.seq = max(self.seq, seen["seq"])
        return Paper(
            seen["activity"],
            {idea["id"]: idea["title"] for idea in seen["ideas"]},
            {one["id"]: [str(level["value"]) for level in one["levels"]] for one in seen["criteria"]},
            seen["seq"],
        )

    def finish(self) -> None:
        self.browser.post(f"/{self.code}/finish")

    # --- scoring ---

    def connect(self) -> None:
        self.line = Line(self.browser, {"event": self.code, "section": "phone"})

    def hang_up(self) -> None:
        if self.line:
            self.line.close()
            self.line = None

    def score(self, taps: Iterable[Tap], window: int = WINDOW) -> None:
        """Send all taps in order; returns when each of them was answered."""
        for tap in taps:
            while len(self.outbox) >= window:
                self._hear()
            self._send(tap)
        while self.outbox:
            self._hear()

    def score_by_form(self, taps: Iterable[Tap]) -> list[dict[str, Any]]:
        """The same taps as one request, where there is no socket: at most fifty."""
        numbered = list(self._number(taps))
        said = [self._words(seq, tap) for seq, tap in numbered]
        answers: list[dict[str, Any]] = insist(self.browser.post_json(f"/{self.code}/scores", said), "scores", 200).json
        for (seq, tap), answer in zip(numbered, answers, strict=True):
            self._take(seq, tap, answer)
        return answers

    def _number(self, taps: Iterable[Tap]) -> Iterator[tuple[int, Tap]]:
        for tap in taps:
            self.seq += 1
            self.said[tap.key] = tap.value
            self._sent_at[self.seq] = time.monotonic()
            yield self.seq, tap

    @staticmethod
    def _words(seq: int, tap: Tap) -> dict[str, Any]:
        return {"seq": seq, "idea": tap.idea, "criterion": tap.criterion, "value": tap.value}

    def _send(self, tap: Tap) -> None:
        self._pace.wait()
        for seq, numbered in self._number([tap]):
            self.outbox[seq] = numbered
            try:
                assert self.line is not None, "a phone connects before it scores"
                self.line.say(seq, "score", self._words(seq, numbered))
            except OSError:
                self._come_back()

    def _hear(self) -> None:
        """Take one answer; or, where none comes, send everything again."""
        try:
            assert self.line is not None, "a phone connects before it scores"
            heard = self.line.answer(ANSWER_PATIENCE)
            if heard is None:
                self._repeat()
                return
        except OSError:
            self._come_back()
            return
        number, answer = heard
        tap = self.outbox.get(number)
        if tap is None:
            return
        if answer.get("why") == "busy":
            time.sleep(answer.get("retry_ms", 1000) / 1000)
            self._repeat()
            return
        del self.outbox[number]
        self._take(number, tap, answer)

    def _take(self, seq: int, tap: Tap, answer: dict[str, Any]) -> None:
        self.waits.append(time.monotonic() - self._sent_at.pop(seq))
        if answer["ok"]:
            self.saved[tap.key] = (seq, tap.value)
        elif answer["why"] == "superseded":
            self.saved[tap.key] = (answer["seq"], answer["value"])
            self.seq = max(self.seq, answer["seq"])
        else:
            self.refused[tap.key] = answer["why"]

    def _repeat(self) -> None:
        try:
            assert self.line is not None
            for seq, tap in list(self.outbox.items()):
                self.line.say(seq, "score", self._words(seq, tap))
        except OSError:
            self._come_back()

    def _come_back(self) -> None:
        """Open a new socket, with more and more patience, and send what was not answered."""
        until, wait = time.monotonic() + self.patience, 0.5
        self.hang_up()
        while time.monotonic() < until:
            time.sleep(random.uniform(0, wait))
            wait = min(8.0, wait * 2)
            try:
                self.connect()
            except OSError:
                continue
            self._repeat()
            return
        raise Unreachable(f"{self.browser.origin} went away and did not come back.")
