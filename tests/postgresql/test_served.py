"""A served process on PostgreSQL: waiting for the database stops nobody else, and its crash loses nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from facilitate.cli import main
from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.phone import Tap
from tests.postgresql.cluster import Cluster
from tests.real.phones import Load, behind, lost, room_at_scoring, stored
from tests.real.server import Server

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, postgresql: Cluster) -> Iterator[Server]:
    with postgresql.database() as address:
        own = Server(tmp_path_factory.mktemp("served") / "instance", database=address)
        own.start()
        yield own
        own.term()
        assert own.log_tracebacks() == []


def test_while_one_event_waits_for_a_lock_everybody_else_goes_on(server: Server) -> None:
    room = room_at_scoring(server, people=1, ideas=1)
    (phone,) = room.phones
    idea = next(iter(phone.paper().ideas))
    with behind(server.store, writing=True) as other:
        other.execute(text("SELECT * FROM event WHERE code = :code FOR UPDATE"), {"code": phone.code})
        waiting = threading.Thread(target=phone.score, args=([Tap(idea, "A", "4")],))
        waiting.start()
        time.sleep(0.5)
        assert [Browser(server.url).get(path).status for path in ("/", "/healthz", f"/{phone.code}")] == [200] * 3
        assert phone.saved == {}
    waiting.join()
    assert phone.saved == stored(server.store, phone) == {(idea, "A"): (1, "4")}
    phone.hang_up()


def test_postgresql_crashes_in_mid_load_and_comes_back(server: Server, postgresql: Cluster) -> None:
    room = room_at_scoring(server, people=4, ideas=8)
    with Load(room) as load:
        time.sleep(0.7)
        postgresql.stop()
        time.sleep(1.5)  # every look beside the room finds nothing
        before = sum(len(phone.waits) for phone in room.phones)
        assert before > 0, "nobody had scored, so this proves nothing"
        postgresql.start()
        until = time.monotonic() + 60
        while sum(len(phone.waits) for phone in load.room.phones) < before + len(room.phones):
            assert time.monotonic() < until, "the phones did not get through again"
            time.sleep(0.05)
    assert lost(server.store, room.phones) == []
    for phone in room.phones:
        assert phone.refused == {}


def test_a_database_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    nowhere = {"FACILITATE_INSTANCE": str(tmp_path), "FACILITATE_DATABASE": "postgresql://127.0.0.1:1/nowhere"}
    done = CliRunner().invoke(main, ["new"], env=nowhere)
    assert done.exit_code == 1
    assert done.stderr.startswith("facilitate: The database does not answer: ")
    assert done.stderr.count("\n") == 1
