"""The writer on PostgreSQL: several processes write the same rows, and the database goes away and comes back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text

from facilitate import live
from facilitate.ballots import ScoreWriter
from facilitate.config import database_url
from facilitate.database import LOCK_PATIENCE, POSTGRESQL, prepare
from facilitate.machine import Machine
from facilitate.models.casting import Answer, Change
from tests.cast import Day
from tests.postgresql.cluster import Cluster
from tests.test_ballots import Room


@pytest.fixture
def room(day: Day) -> Room:
    day.until("welcome").crowd(4)
    return Room(day)


@pytest.fixture
def neighbours(database: str, tmp_path: Path) -> Iterator[list[ScoreWriter]]:
    """The writers of three processes on one database."""
    engines = [create_engine(database_url({"DATABASE": database}), **POSTGRESQL) for _ in range(3)]
    for engine in engines:
        prepare(engine, Machine(tmp_path))
    yield [ScoreWriter(engine, lambda _events, _marks: None) for engine in engines]
    for engine in engines:
        engine.dispose()


def changes_of(room: Room, seq: int) -> list[Change]:
    return [
        Change(room.event_id, ballot, idea, criterion, str(1 + seq % 5), seq)
        for ballot in room.ballots
        for idea in room.ideas
        for criterion in "ABCDEFGHIJ"
    ]


def test_the_same_rows_in_opposite_orders_never_stand_crosswise(room: Room, neighbours: list[ScoreWriter]) -> None:
    refused: list[Answer] = []

    def cast(writer: ScoreWriter, number: int) -> None:
        for turn in range(10):
            changes = changes_of(room, turn * len(neighbours) + number + 1)
            answers = writer.cast(changes[::-1] if number % 2 else changes)
            refused.extend(answer for answer in answers if answer.why not in (None, "superseded"))

    threads = [threading.Thread(target=cast, args=(writer, n)) for n, writer in enumerate(neighbours)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    highest = 10 * len(neighbours)
    assert room.stored() == [(highest, "number", float(1 + highest % 5))] * len(changes_of(room, 1))


def test_a_transaction_that_a_deadlock_ended_is_begun_anew(
    room: Room, neighbours: list[ScoreWriter], app: Flask
) -> None:
    """Somebody holds one ballot and then wants those that the writer holds: PostgreSQL ends one of the two."""
    with app.app_context():
        engine = live.writer().engine
    room.cast(*changes_of(room, 1))
    deadlocks = 0
    for turn in range(2, 4):
        deadlocks += _crosswise(room, neighbours[0], engine, turn)
    assert deadlocks > 0, "nobody was in anybody's way, so this proves nothing"


def _crosswise(room: Room, writer: ScoreWriter, engine: Engine, seq: int) -> int:
    last = sorted(room.ballots)[-1]
    before = _deadlocks(engine)
    answers: list[Answer] = []
    with engine.begin() as other:
        other.execute(text("SET LOCAL lock_timeout = '20s'"))
        other.execute(text("SET LOCAL deadlock_timeout = '10s'"))  # so that the writer's is the one that is ended
        other.execute(text("UPDATE ballot SET seq = seq WHERE id = :id"), {"id": last})
        thread = threading.Thread(target=lambda: answers.extend(writer.cast(changes_of(room, seq))))
        thread.start()
        time.sleep(0.2)
        other.execute(text("UPDATE ballot SET seq = seq WHERE id != :id"), {"id": last})
    thread.join()
    assert {answer.ok for answer in answers} == {True}
    return _deadlocks(engine) - before


def _deadlocks(engine: Engine) -> int:
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_stat_force_next_flush()"))
        return int(connection.scalar(text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")))


def test_a_row_that_stays_locked_is_busy_and_not_for_ever(
    room: Room, neighbours: list[ScoreWriter], database: str
) -> None:
    with neighbours[1].engine.begin() as other:
        assert other.scalar(text("SHOW lock_timeout")) == f"{LOCK_PATIENCE:g}s"
        other.execute(text("SELECT * FROM event FOR UPDATE"))
        hasty = create_engine(database_url({"DATABASE": database}), connect_args={"options": "-c lock_timeout=200"})
        writer = ScoreWriter(hasty, lambda _events, _marks: None)
        assert [answer.why for answer in writer.cast([room.change("4")])] == ["busy"]
    assert writer.cast([room.change("4")]) == [Answer(True, 1)]
    hasty.dispose()


def test_while_the_database_is_away_phones_and_pages_are_told_to_wait(
    app: Flask, room: Room, postgresql: Cluster
) -> None:
    amina = room.day.people[0]
    postgresql.stop()
    try:
        assert [answer.why for answer in room.cast(room.change("4"))] == ["busy"]
        for path in ("~", "~/board", "/healthz"):
            page = amina.get(path, status=503)
            assert page.headers["Retry-After"] == "2"
        amina.post("~/scores", json={"idea": room.ideas[0], "criterion": "A", "value": 3}, status=503)
    finally:
        postgresql.start()
    assert room.cast(room.change("4")) == [Answer(True, 1)]
    amina.get("~")
    assert len(room.stored()) == 1
