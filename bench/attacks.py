"""What one hostile client does while a hall scores, and what others notice of it."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.seats import Hall
from facilitate.rehearsal.browser import Browser, Unreachable
from tests.real.frames import BINARY, CONTINUATION, TEXT, RawLine, frame

MEGABYTE = 1024 * 1024


def memory(pid: int) -> float:
    """Megabytes that the process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


@dataclass
class Attack:
    """One attack, done again and again until the load has ended."""

    name: str
    once: Callable[[str, Hall], str]
    """Returns what became of it."""
    reach: str = ""
    most_memory: float = 1000.0
    """Megabytes that the server may have grown by."""
    told: str = ""
    tries: int = 0

    def run(self, url: str, hall: Hall, ending: threading.Event) -> None:
        while not ending.is_set():
            with contextlib.suppress(OSError, Unreachable):
                self.told = self.once(url, hall)
                self.tries += 1
            time.sleep(0.05)
        self.told = f"{self.tries} times; {self.told}"

    def holds(self, grown: float) -> bool:
        return grown <= self.most_memory and self.tries > 0


def line(url: str, hall: Hall) -> RawLine:
    """An open socket of somebody who has joined."""
    phone = Browser(url)
    phone.cookies = dict([hall.people[-1].split("=", 1)])
    return RawLine(phone, hall.code)


def pour(raw: RawLine, piece: bytes, most: int) -> int:
    """Send the same again and again until the server hangs up, or so many bytes are out; returns how many were."""
    sent = 0
    with contextlib.suppress(OSError):
        while sent < most:
            raw.send(piece)
            sent += len(piece)
    raw.close()
    return sent


def flood(url: str, hall: Hall) -> str:
    """Scores as fast as they can be written, for as long as the server listens."""
    score = '42{n}["score",{{"seq":{n},"idea":"x","criterion":"A","value":1}}]'
    words = b"".join(frame(TEXT, score.format(n=n)) for n in range(200))
    sent = pour(line(url, hall), words, 100 * MEGABYTE)
    return f"cut after {sent / 1024:.0f} KiB"


def oversize(url: str, hall: Hall) -> str:
    """A message of 300 MB in fragments."""
    raw = line(url, hall)
    raw.send(frame(TEXT, b"x" * 4096, last=False))
    sent = pour(raw, frame(CONTINUATION, b"x" * 65536, last=False), 300 * MEGABYTE)
    return f"cut after {sent / MEGABYTE:.1f} MB, most of it in the buffers of the two systems"


def bomb(url: str, hall: Hall) -> str:
    """A small frame that says it is compressed."""
    raw = line(url, hall)
    with contextlib.suppress(OSError):
        for _ in range(100):
            raw.send(frame(TEXT, os.urandom(16_000), rsv=4))
    raw.close()
    return "compression is never agreed on"


def noise(url: str, hall: Hall) -> str:
    """Frames that are none."""
    for piece in (
        frame(TEXT, "x", rsv=7),
        frame(BINARY, b"\xff" * 50),
        frame(TEXT, b"\xff\xfe"),
        frame(CONTINUATION, b"lost"),
        frame(0xB, b"?"),
        frame(TEXT, "42[", mask=False),
        frame(TEXT, '42["disconnect","x"]'),
        frame(TEXT, "4" * 9000),
        frame(TEXT, "x", length=2**62),
        os.urandom(300),
    ):
        with contextlib.suppress(OSError):
            raw = line(url, hall)
            raw.send(piece)
            raw.close()
    return "ten kinds of frames each time; 49 kinds and their mutations in tests/real/test_frames.py"


def nothing(_url: str, _hall: Hall) -> str:
    """Nobody attacks."""
    return ""


PEACE = Attack("nobody attacks", nothing)
ALL = (
    Attack("a flood by one socket", flood),
    Attack("a message of 300 MB", oversize, ", memory + ≤ 5 MB", 5.0),
    Attack("compressed bombs", bomb, ", memory + ≤ 5 MB", 5.0),
    Attack("malformed frames", noise),
)


class Pages:
    """Somebody who opens the join page again and again."""

    def __init__(self, url: str, code: str) -> None:
        self.url, self.code = url, code
        self.waits: list[float] = []

    def look(self, ending: threading.Event) -> None:
        while not ending.is_set():
            began = time.perf_counter()
            assert Browser(self.url).get(f"/{self.code}").status == 200
            self.waits.append((time.perf_counter() - began) * 1000)
            time.sleep(0.05)

    def p99(self) -> float:
        waits = sorted(self.waits)
        return waits[min(len(waits) - 1, int(len(waits) * 0.99))] if waits else float("inf")


class Exports:
    """A host who takes the workbook of an event again and again."""

    def __init__(self, link: str, code: str) -> None:
        self.browser, self.code, self.taken = Browser(link), code, 0
        self.browser.get(urlsplit(link).path)

    def take(self, ending: threading.Event) -> None:
        while not ending.is_set():
            self.taken += self.browser.get(f"/{self.code}/console/export/event.xlsx").status == 200
