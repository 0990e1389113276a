"""A full disk is said to people and to hosts, harms nothing, and is over as soon as there is room."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from facilitate.extensions import db
from facilitate.machine import DISK_IS_FULL, DISK_IS_LOW, MEMORY, Machine
from tests.cast import SAME_ORIGIN, Browser, Day

pytestmark = pytest.mark.sqlite("it fills the file")

SAID = "The server's disk is full, so this was not saved."


@pytest.fixture
def fill_disk(app: Flask) -> Iterator[Callable[[bool], None]]:
    """Let the database grow no further, or grow again."""
    most = {"pages": 2**30}
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "checkout")
    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={most['pages']}")  # never below what it has

    yield lambda is_full: most.update(pages=1 if is_full else 2**30)
    event.remove(engine, "checkout", limit)


def write_until_full(person: Browser, day: Day) -> str:
    """The answer to the first idea that found no room; what was sent before is there."""
    idea = {"kind": "gap", "details": "d" * 600}
    for number in range(200):
        address = f"/{day.code}/ideas"
        answer = person.client.post(address, data={**idea, "title": f"Idea {number}"}, headers=SAME_ORIGIN)
        if answer.status_code == 503:
            assert answer.headers["Retry-After"] == "2"
            assert [f"Idea {n}" for n in range(number)] == list(day.idea_ids())
            return answer.text
        assert answer.status_code == 303
    raise AssertionError("the disk took everything")


def test_a_full_disk_is_said_and_everything_that_was_taken_is_there(
    day: Day, fill_disk: Callable[[bool], None]
) -> None:
    amina = day.until("collect").joins()
    fill_disk(True)
    assert SAID in write_until_full(amina, day).replace("&#39;", "'")
    assert DISK_IS_FULL in day.fay.get("~/console").text
    amina.get("~")
    fill_disk(False)
    amina.post("~/ideas", {"title": "There is room again", "kind": "gap"})
    assert DISK_IS_FULL not in day.fay.get("~/console").text


def test_scores_wait_on_the_phone_while_the_disk_is_full(day: Day, fill_disk: Callable[[bool], None]) -> None:
    amina = day.until("welcome").joins()
    ids = day.scoring(*(f"Idea {number}" for number in range(40))).idea_ids()
    fill_disk(True)
    answers = [amina.score(idea, code, 3) for idea in ids.values() for code in ("A", "B", "C", "D", "E")]
    taken = sum(answer["ok"] for answer in answers)
    refused = [answer for answer in answers if not answer["ok"]]
    assert refused
    assert {(answer["why"], answer["retry_ms"]) for answer in refused} == {("busy", 1000)}
    assert amina.api()["seq"] == taken
    forms = [{"idea": idea, "criterion": "F", "value": "3"} for idea in ids.values()]
    pages = [amina.client.post(f"/{day.code}/scores", data=form, headers=SAME_ORIGIN) for form in forms]
    assert {page.status_code for page in pages} <= {303, 503}
    refusals = [page.text.replace("&#39;", "'") for page in pages if page.status_code == 503]
    assert refusals
    assert all(SAID in text for text in refusals)
    fill_disk(False)
    assert amina.score(next(iter(ids.values())), "A", 4)["ok"]


def test_hosts_are_warned_before_it_is_full(app: Flask, day: Day) -> None:
    observer = day.open_doors().invites("observer")
    assert DISK_IS_LOW not in day.fay.get("~/console").text
    app.extensions["machine"].enough = 2**62
    assert DISK_IS_LOW in day.fay.get("~/console").text
    assert DISK_IS_LOW not in observer.get("~/console").text


def test_a_failure_that_does_not_come_again_is_forgotten(tmp_path: Path) -> None:
    now = [0.0]
    machine = Machine(tmp_path, enough=0, clock=lambda: now[0])
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    machine.failed(full)
    assert machine.warnings() == [DISK_IS_FULL]
    now[0] = MEMORY
    assert machine.warnings() == []


def test_a_locked_database_is_not_a_full_disk(tmp_path: Path) -> None:
    machine = Machine(tmp_path, enough=0)
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    machine.failed(locked)
    assert machine.warnings() == []
