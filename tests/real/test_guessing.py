"""While many guess codes from the hall's own address, people with the right one come in and score (T12)."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from facilitate.rehearsal.browser import Browser, Unreachable
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone
from tests.real.server import Server, Weakened
from tests.sizes import size

GUESSERS, PEOPLE = size(pr=30, soak=60), 80
DELAY = 2
"""Seconds that a wrong code waits for its answer, once there were too many."""


class Guessers:
    """They look at codes, and post to them, without a pause."""

    def __init__(self, server: Server, count: int) -> None:
        self.server, self.told = server, Counter[int]()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._guess, args=(n,), daemon=True) for n in range(count)]

    def __enter__(self) -> Guessers:
        while self.told[404] < 30:  # so many are told at once
            self.told[Browser(self.server.url).get(f"/{random.randrange(10**8):08}").status] += 1  # noqa: S311
        for thread in self.threads:
            thread.start()
        time.sleep(0.5)
        return self

    def __exit__(self, *_what: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(30)

    def _guess(self, number: int) -> None:
        browser, dice = Browser(self.server.url), random.Random(number)  # noqa: S311 - repeatable, not secret
        while not self.over.is_set():
            path = f"/{dice.randrange(10**8):08}"
            try:
                page = browser.post(f"{path}/finish") if number % 2 else browser.get(path)
            except Unreachable:
                continue
            self.told[page.status] += 1


def opened(server: Server) -> str:
    links = server.new_event()
    host = Host(links["console_url"], links["code"])
    host._press("open", {"version": str(host.version())})
    return links["code"]


def test_eighty_people_come_in_while_everybody_else_guesses(tmp_path: Path) -> None:
    server = Server(tmp_path / "instance")
    server.extra = {"FACILITATE_GUESS_DELAY": str(DELAY)}
    with server:
        code = opened(server)
        with Guessers(server, GUESSERS) as guessers:
            began = time.monotonic()
            for _ in range(PEOPLE):
                Phone(Browser(server.url), code).join()
            took = time.monotonic() - began
    with closing(sqlite3.connect(server.database)) as connection:
        assert connection.execute("SELECT count(*) FROM participant").fetchall() == [(PEOPLE,)]
    assert set(guessers.told) == {404, 429}, "a hit, or an error"
    assert guessers.told[404] == 30
    assert took < PEOPLE * DELAY / 4, "people waited behind those who guess"
    assert server.log_tracebacks() == []


def test_people_come_in_while_passwords_are_guessed(tmp_path: Path) -> None:
    """Every guess costs the server a twentieth of a second of work; it waits for its turn, and nobody else does."""
    with Server(tmp_path / "instance") as server:
        code, told = opened(server), Counter[int]()

        def guess(number: int) -> None:
            fields = {"email": f"{number}@example.ca", "password": "a sentence"}
            told[Browser(server.url).post("/sign-in", fields).status] += 1

        with ThreadPoolExecutor(16) as crowd:
            guesses = crowd.map(guess, range(16))
            for _ in range(5):
                Phone(Browser(server.url), code).join()
            answered = sum(told.values())
            list(guesses)
        assert told == {403: 16}
        assert answered < 16, "everybody waited until all passwords had been looked at"
    assert server.log_tracebacks() == []


def test_a_server_that_waits_with_its_hands_full_keeps_everybody_waiting(tmp_path: Path) -> None:
    """The control: the same guesses, and whoever joins waits behind them."""
    server = Weakened(tmp_path / "instance", "waits_inside")
    server.extra = {"FACILITATE_GUESS_DELAY": str(DELAY)}
    with server:
        code = opened(server)
        with Guessers(server, 6):
            began = time.monotonic()
            Phone(Browser(server.url), code).join()
            took = time.monotonic() - began
    assert took > DELAY
