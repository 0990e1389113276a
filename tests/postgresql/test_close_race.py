"""Closing is a line on PostgreSQL too, where many transactions write at the same time (T5)."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from facilitate.extensions import db
from facilitate.models.casting import Change
from tests import test_close_race as race
from tests.cast import Day
from tests.sizes import size

# ruff: noqa: F401 - the same two tests, on this folder's database
from tests.test_close_race import (
    test_asking_first_and_writing_later_lets_late_scores_in,
    test_no_score_is_late_through_the_writer,
)


@pytest.fixture(autouse=True)
def rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race, "ROUNDS", size(pr=20, soak=150))


IN_ONE_STATEMENT = text("""
INSERT INTO score (ballot_id, idea_id, criterion_id, round, seq, answer, value)
SELECT :ballot, :idea, :criterion, 1, :seq, 'number', 3
FROM event JOIN activity ON activity.event_id = event.id AND activity.position = event.position
WHERE event.id = :event AND activity.key = 'score'
ON CONFLICT (ballot_id, idea_id, criterion_id, round) DO UPDATE SET seq = excluded.seq
""")


def in_one_statement(app: Flask, change: Change) -> bool:
    """The control: the statement asks and writes at once, but its transaction may end after the close."""
    with app.app_context():
        told = {"ballot": change.ballot_id, "idea": int(change.idea), "criterion": int(change.criterion or 0)}
        done = db.session.execute(IN_ONE_STATEMENT, {**told, "seq": change.seq, "event": change.event_id})
        db.session.commit()
        return bool(done.rowcount)  # type: ignore[attr-defined]


def test_one_statement_without_a_lock_lets_late_scores_in(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race, "ROUNDS", 8)
    race.ready(day)
    with day.event() as event:
        event_id = event.id
        idea = db.session.scalars(event.ideas.select()).one().id
        criteria = [criterion.id for criterion in event.criteria]

    def change(ballot: str, seq: int, tap: int) -> Change:
        return Change(event_id, ballot, str(idea), str(criteria[tap % 10]), "3", seq)

    assert race.late_scores(day, in_one_statement, change) > 0
