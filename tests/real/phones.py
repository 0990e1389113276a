"""A room of phones that scores and scores, and what the database says about it."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, create_engine, func, inspect, select, table, text

from facilitate import config
from facilitate.errors import Refusal
from facilitate.rehearsal.cast import cast
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Key, Phone, Tap
from facilitate.rehearsal.room import Room
from tests.real.server import Server

Stored = dict[Key, tuple[int, str | None]]
"""Idea and criterion to the number and value that the database holds, for one ballot."""


def room_at_scoring(server: Server, people: int, ideas: int, seed: int = 1) -> Room:
    """A simulated room in a new event, its sockets open, before the first answer."""
    links = server.new_event()
    room = Room(server.url, links["code"], cast(people, ideas, seed), Host(links["console_url"], links["code"]), _quiet)
    room.join(room.host.begin_rehearsal())
    room.collect()
    room.sort()
    room.open_scoring()
    for phone in room.phones:
        phone.paper()
        phone.connect()
    return room


def wait_for(found: Callable[[], object], seconds: float = 60.0) -> None:
    """Until it is so; generous, because the machine may be busy."""
    until = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.02)


def _quiet(_line: str) -> None:
    """Tests say nothing."""


def boxes(room: Room) -> list[tuple[str, str]]:
    """Every idea with every criterion."""
    paper = room.phones[0].paper()
    return [(idea, criterion) for idea in paper.ideas for criterion in paper.levels]


class Load:
    """All phones tap through the ballot, again and again, until it is over."""

    def __init__(self, room: Room, *, window: int = 4, rounds: int | None = None) -> None:
        self.room, self.window, self.rounds = room, window, rounds
        self.boxes = boxes(room)
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._tap, args=(phone,), daemon=True) for phone in room.phones]

    def __enter__(self) -> Load:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _what: object, _where: TracebackType | None) -> None:
        self.finish()

    def finish(self) -> None:
        """Let every phone get its last answers, and hang up."""
        self.over.set()
        for thread in self.threads:
            thread.join(60)
        for phone in self.room.phones:
            phone.hang_up()

    def _tap(self, phone: Phone) -> None:
        # Where the server is gone for good, what was acknowledged before is what counts.
        with contextlib.suppress(Refusal, OSError):
            phone.score(self._taps(), window=self.window)

    def _taps(self) -> Iterator[Tap]:
        turn = 0
        while self.rounds is None or turn < self.rounds:
            for idea, criterion in self.boxes:
                if self.over.is_set():
                    return
                yield Tap(idea, criterion, str(1 + (turn + len(criterion)) % 5))
            turn += 1


# --- behind the curtain ---


@contextlib.contextmanager
def behind(store: Path | str, *, writing: bool = False) -> Iterator[Connection]:
    """The database as another process sees it: an SQLite file, or PostgreSQL at an address."""
    mode = "rw" if writing else "ro"
    file = f"sqlite:///file:{store}?mode={mode}&uri=true"
    engine = create_engine(config.database_url({"DATABASE": store}) if isinstance(store, str) else file)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def stored(store: Path | str, phone: Phone) -> Stored:
    """The answers of one phone's ballot."""
    with behind(store) as connection:
        rows = connection.execute(
            text(
                "SELECT idea.public_id, criterion.code, score.seq, score.answer, score.value FROM score"
                " JOIN ballot ON ballot.id = score.ballot_id JOIN idea ON idea.id = score.idea_id"
                " JOIN criterion ON criterion.id = score.criterion_id WHERE ballot.link = :link"
            ),
            {"link": _link(connection, phone)},
        )
        return {(idea, criterion): (seq, _said(answer, value)) for idea, criterion, seq, answer, value in rows}


def _link(connection: Connection, phone: Phone) -> str:
    key = connection.execute(text("SELECT key FROM event WHERE code = :code"), {"code": phone.code}).scalar_one()
    signed = phone.browser.cookies[f"phone-{phone.code}"].strip('"')
    public = json.loads(base64.urlsafe_b64decode(signed.split(".")[0] + "=="))
    return hmac.new(key, f"ballot:{public}".encode(), hashlib.sha256).hexdigest()


def _said(answer: str, value: float | None) -> str | None:
    return f"{value:g}" if value is not None else answer if answer == "dont_know" else None


def lost(store: Path | str, phones: list[Phone]) -> list[str]:
    """What a phone was told is saved and the database does not hold, or holds older or otherwise."""
    problems = []
    for number, phone in enumerate(phones):
        kept = stored(store, phone)
        for key, (seq, value) in dict(phone.saved).items():
            found = kept.get(key)
            if found is None or found[0] < seq or (found[0] == seq and found[1] != value):
                problems.append(f"phone {number}, {key}: {(seq, value)} acknowledged, {found} stored")
    return problems


def is_whole(store: Path | str) -> bool:
    """SQLite says so when asked; PostgreSQL looks after itself, so there it is enough that it answers."""
    with behind(store) as connection:
        question = "PRAGMA integrity_check" if connection.dialect.name == "sqlite" else "SELECT 'ok'"
        return connection.execute(text(question)).scalars().all() == ["ok"]


def counts(store: Path | str) -> dict[str, int]:
    """Rows of every table."""
    with behind(store) as connection:
        names = sorted(inspect(connection).get_table_names())
        return {name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names}
