"""The journal: lines that a program can read, and that give nobody away."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from facilitate import journal
from facilitate.extensions import db, socketio
from facilitate.pulse import hall
from tests.cast import Day

SECRET = "Sesame-opens"


@pytest.fixture
def pen() -> Iterator[io.StringIO]:
    """What is written, as the served application writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(journal.Lines())
    before = journal.log.level
    journal.log.addHandler(handler)
    journal.log.setLevel(logging.INFO)
    yield written
    journal.log.removeHandler(handler)
    journal.log.setLevel(before)


def lines(pen: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in pen.getvalue().splitlines()]


class Trip:
    """The next statement that writes to a table fails for a reason that nobody foresaw."""

    def __init__(self, app: Flask, table: str) -> None:
        self.table, self.is_set = table, True
        with app.app_context():
            self.engine = db.engine

    def __call__(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if self.is_set and self.table in statement:
            self.is_set = False
            raise RuntimeError(f"unforeseen, with {SECRET}")

    def __enter__(self) -> Trip:
        event.listen(self.engine, "before_cursor_execute", self)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self)
        assert not self.is_set, "nothing stumbled, so this proves nothing"


def test_an_entry_is_one_line_whatever_it_holds(pen: io.StringIO) -> None:
    journal.note("first\nsecond", where="a\u2028b\r\nc", missing=None)
    (line,) = lines(pen)
    assert pen.getvalue().count("\n") == 1
    assert pen.getvalue().isascii()
    assert line == {"at": line["at"], "level": "info", "what": "first\nsecond", "where": "a\u2028b\r\nc"}
    assert line["at"].endswith("+00:00")


def test_an_error_is_named_without_its_message(pen: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        reference = journal.failed("failed", error)
    (line,) = lines(pen)
    assert (line["reference"], line["error"]) == (reference, "ValueError")
    assert line["trace"].startswith("Traceback (most recent call last):")
    assert SECRET not in line["trace"].replace("raise ValueError(SECRET)", "")


def test_a_network_address_loses_what_names_one_phone() -> None:
    assert journal.network("192.0.2.77") == "192.0.2.0/24"
    assert journal.network("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert journal.network("unix") is None


def test_a_nuisance_fills_no_disk(pen: io.StringIO) -> None:
    for _ in range(1000):
        journal.nuisance("somebody knocks", "test")
    assert len(lines(pen)) == 1


def test_what_hosts_do_is_noted_and_what_people_do_is_not(day: Day, pen: io.StringIO) -> None:
    day.open_doors()
    day.joins()
    day.next()
    day.people[0].post("~/ideas", {"title": SECRET, "kind": "gap"})
    assert [line["what"] for line in lines(pen)] == ["door.opened", "activity.opened"]
    assert {line["event"] for line in lines(pen)} == {1}
    assert len({line["request"] for line in lines(pen)}) == 2


def test_a_denial_is_noted_without_the_address(day: Day, pen: io.StringIO) -> None:
    day.browser().get("~/console", status=403)
    (line,) = lines(pen)
    assert (line["what"], line["why"], line["view"]) == ("refused", "NotAllowed", "console.run")
    assert day.code not in pen.getvalue()


def test_a_page_that_stumbles_says_its_reference_and_the_next_one_works(app: Flask, day: Day, pen: io.StringIO) -> None:
    amina = day.until("collect").joins()
    with Trip(app, "INSERT INTO idea"):
        page = amina.post("~/ideas", {"title": SECRET, "kind": "gap"}, status=500).text
    failures = [line for line in lines(pen) if line["level"] == "error"]
    assert [line["reference"] in page for line in failures] == [True]
    assert SECRET not in pen.getvalue()
    amina.post("~/ideas", {"title": SECRET, "kind": "gap"})
    assert list(day.idea_ids()) == [SECRET]


def test_a_score_that_stumbles_is_answered_with_its_reference_and_the_next_one_works(
    app: Flask, day: Day, pen: io.StringIO
) -> None:
    amina = day.until("welcome").joins()
    (idea,) = day.scoring("Evening classes").idea_ids().values()
    with Trip(app, "INTO score"):
        answer = amina.score(idea, "A", 3)
    (failure,) = [line for line in lines(pen) if line["level"] == "error"]
    assert answer == {"ok": False, "why": "busy", "seq": 0, "retry_ms": 1000, "reference": failure["reference"]}
    assert amina.score(idea, "A", 3) == {"ok": True, "seq": 1}


def test_one_score_that_stumbles_costs_the_others_nothing(app: Flask, day: Day) -> None:
    """The batch is tried again one by one: here the mistake does not come again, and all are saved."""
    amina = day.until("welcome").joins()
    (idea,) = day.scoring("Evening classes").idea_ids().values()
    with Trip(app, "INTO score"):
        said = [{"idea": idea, "criterion": code, "value": 3} for code in ("A", "B", "C")]
        answers = amina.post("~/scores", json=said, status=200).get_json()
    assert [answer["ok"] for answer in answers] == [True, True, True]


def test_a_socket_that_stumbles_leaves_nothing_behind_and_the_next_one_opens(
    app: Flask, day: Day, pen: io.StringIO
) -> None:
    amina = day.until("welcome").joins()
    auth = {"event": day.code, "section": "phone"}

    def connect() -> bool:
        return bool(socketio.test_client(app, flask_test_client=amina.client, auth=auth).is_connected())

    app.extensions["snapshots"].forget(day.code)
    with Trip(app, "FROM event"):
        assert not connect()
    assert [line["what"] for line in lines(pen) if line["level"] == "error"] == ["a socket event failed"]
    with app.app_context():
        assert hall().seats == {}
    assert connect()
