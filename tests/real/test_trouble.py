"""Somebody else has locked the database, or its disk is full: the room waits, reads on, loses nothing (L9, L10)."""

from __future__ import annotations

import contextlib
import resource
import sqlite3
import threading
from collections.abc import Callable, Iterator

import pytest

from facilitate.rehearsal.browser import Unreachable
from facilitate.rehearsal.phone import Phone, Tap
from facilitate.rehearsal.room import Room
from tests.real.phones import Load, boxes, is_whole, lost, room_at_scoring, wait_for
from tests.real.server import STOP, Server

pytestmark = pytest.mark.sqlite("it locks and fills the file; tests/postgresql does the same there")


@contextlib.contextmanager
def locked(server: Server) -> Iterator[None]:
    """Another process (ours) holds the database's write lock."""
    with contextlib.closing(sqlite3.connect(server.database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.execute("ROLLBACK")


@contextlib.contextmanager
def full_disk(server: Server) -> Iterator[None]:
    """No file of the server may grow, as on a full disk."""
    assert server.process is not None
    pid = server.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (server.log.stat().st_size + 4096, before[1]))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def begin(deed: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=deed, daemon=True)
    thread.start()
    return thread


def look_around(room: Room) -> list[int]:
    """Pages of a phone, the console and the board."""
    code = room.code
    phone, host = room.phones[-1].browser, room.host.browser
    asked = [(phone, f"/{code}"), (phone, f"/api/v1/events/{code}"), (host, f"/{code}/console"), (phone, "/healthz")]
    return [browser.get(path).status for browser, path in asked]


@pytest.fixture(scope="module")
def scoring_room(shared_server: Server) -> Room:
    return room_at_scoring(shared_server, people=3, ideas=6)


@pytest.fixture
def room(scoring_room: Room) -> Iterator[Room]:
    """Three phones that may score, connected."""
    for phone in scoring_room.phones:
        phone.hang_up()
        phone.connect()
    yield scoring_room
    for phone in scoring_room.phones:
        phone.hang_up()


def first_tap(room: Room) -> Tap:
    idea, criterion = boxes(room)[0]
    return Tap(idea, criterion, "3")


def test_while_somebody_else_holds_the_database_pages_answer_and_scores_wait(shared_server: Server, room: Room) -> None:
    phone, tap = room.phones[0], first_tap(room)
    with locked(shared_server):
        scoring = begin(lambda: phone.score([tap]))
        wait_for(lambda: phone.outbox)
        for _ in range(3):
            assert look_around(room) == [200, 200, 200, 200]
        # The lock is still held: the pages did not wait for it, the score did.
        assert phone.saved == {}
    scoring.join(60)
    assert phone.saved[tap.key][1] == "3"
    assert lost(shared_server.store, room.phones) == []


def test_who_waits_too_long_is_told_so_and_loses_nothing(shared_server: Server, room: Room) -> None:
    phone, tap = room.phones[0], first_tap(room)
    answers: list[str] = []
    hear = phone.line.answer if phone.line else None
    assert phone.line is not None
    assert hear is not None

    def listen(patience: float) -> tuple[int, dict[str, object]] | None:
        heard = hear(patience)
        answers.extend([str(heard[1].get("why"))] if heard else [])
        return heard

    phone.line.answer = listen  # type: ignore[method-assign]
    with locked(shared_server):
        scoring = begin(lambda: phone.score([tap]))
        page = room.phones[1].browser.post(f"/{room.code}/finish")
        assert (page.status, page.headers["Retry-After"]) == (503, "2")
        assert "Nothing is lost: please try again." in page.text
        wait_for(lambda: "busy" in answers)
    scoring.join(60)
    assert phone.saved[tap.key][1] == "3"
    assert lost(shared_server.store, room.phones) == []
    assert room.phones[1].browser.post(f"/{room.code}/finish").status == 303


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of another process can be set on Linux only")
def test_on_a_full_disk_nothing_is_acknowledged_everything_is_read_and_it_recovers_by_itself(
    shared_server: Server, room: Room
) -> None:
    console = f"/{room.code}/console"
    begun = acknowledged(room.phones)
    with Load(room, window=1):
        wait_for(lambda: acknowledged(room.phones) > begun + 60)
        with full_disk(shared_server):
            wait_for(lambda: "The disk is full" in room.host.browser.get(console).text)
            assert look_around(room) == [200, 200, 200, 200]
            page = room.phones[0].browser.post(f"/{room.code}/finish")
            assert page.status == 503
            assert "disk is full, so this was not saved" in page.text
            assert lost(shared_server.store, room.phones) == []
            before = acknowledged(room.phones)
        wait_for(lambda: acknowledged(room.phones) > before)
        assert "The disk is full" not in room.host.browser.get(console).text
    assert lost(shared_server.store, room.phones) == []
    assert is_whole(shared_server.store)


def test_a_stop_does_not_wait_for_somebody_elses_lock(shared_server: Server, room: Room) -> None:
    """The last one in this file: the server that the others shared is gone afterwards."""
    phone, tap = room.phones[0], first_tap(room)
    phone.patience, saved = 0.0, dict(phone.saved)

    def score() -> None:
        with contextlib.suppress(OSError, Unreachable):
            phone.score([tap])

    with locked(shared_server):
        scoring = begin(score)
        wait_for(lambda: phone.outbox)
        look_around(room)  # by then the score is with the writer
        assert shared_server.term() < STOP
    scoring.join(60)
    assert shared_server.process is not None
    assert shared_server.process.returncode == 0
    assert phone.saved == saved
    assert lost(shared_server.store, room.phones) == []
    assert is_whole(shared_server.store)


def acknowledged(phones: list[Phone]) -> int:
    return sum(len(phone.waits) for phone in phones)
