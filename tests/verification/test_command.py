"""`facilitate verify`, as it is typed."""

from __future__ import annotations

import json

from flask import Flask
from sqlalchemy import delete, update

from facilitate.extensions import db
from facilitate.models import LogEntry, Score
from tests.builders import NAMES, Play
from tests.test_export_command import facilitate


def closed(app: Flask) -> Play:
    play = Play(app, n_min=3).joins(*NAMES[:4]).until("collect")
    ideas = [play.sends("Bus"), play.sends("Café")]
    play.until("score").everybody_scores(ideas)
    return play.until("reveal")


def test_an_event_that_nobody_touched(app: Flask) -> None:
    play = closed(app)
    done = facilitate(app, "verify", "--event", f"{play.code[:4]} {play.code[4:]}")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Nothing differs.")
    with play.event() as event:
        assert f"checked: closing hash: {event.closing_hash}" in done.stdout


def test_the_first_broken_entry_is_named(app: Flask) -> None:
    play = closed(app)
    with play.event():
        db.session.execute(update(LogEntry).where(LogEntry.number == 2).values(label="Mallory"))
        db.session.execute(update(Score).values(seq=Score.seq + 1))
    done = facilitate(app, "verify", "--event", play.code, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["differences"] == [
        "log entry 2 (door.opened): not what was written",
        "score table: answers, ballots, criteria, ideas or settings are not what they were when scoring closed",
    ]


def test_an_end_that_is_missing_is_named(app: Flask) -> None:
    play = closed(app)
    with play.event() as event:
        last = event.revision
        db.session.execute(delete(LogEntry).where(LogEntry.number == last))
    done = facilitate(app, "verify", "--event", play.code)
    assert done.stdout.splitlines()[0] == f"log entry {last}: missing, or the log does not end where it did"


def test_what_cannot_be_checked_ends_with_two(app: Flask) -> None:
    for arguments in ([], ["--event", "00000000"], ["nowhere"], ["nowhere", "--event", "00000000"]):
        done = facilitate(app, "verify", *arguments)
        assert (done.exit_code, done.stdout) == (2, ""), arguments
        assert "Error" in done.stderr
