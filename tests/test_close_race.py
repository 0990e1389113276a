"""Closing is a line: every accepted score is in the count taken at the close, and none comes after it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from facilitate import live
from facilitate.access import find_event
from facilitate.extensions import db
from facilitate.models import Activity, Actor, Ballot, Event, Score
from facilitate.models.casting import Change
from tests.cast import Day
from tests.sizes import size

ROUNDS, VOTERS, TAPS = size(pr=20, soak=300), 8, 12
FAY = Actor("host", label="Fay", channel="console")

Vote = Callable[[Flask, Change], bool]


def through_the_writer(app: Flask, change: Change) -> bool:
    with app.app_context():
        return live.writer().cast([change])[0].ok


def in_two_transactions(app: Flask, change: Change) -> bool:
    """The control: asks in one transaction whether scoring is open, and writes in another."""
    with app.app_context():
        position = db.session.scalar(select(Event.position).where(Event.id == change.event_id))
        key = db.session.scalar(
            select(Activity.key).where(Activity.event_id == change.event_id, Activity.position == position)
        )
        db.session.rollback()
        if key != "score":
            return False
        time.sleep(0.001)
        criterion = int(change.criterion or 0)
        db.session.merge(
            Score(
                ballot_id=change.ballot_id,
                idea_id=int(change.idea),
                criterion_id=criterion,
                round=1,
                seq=change.seq,
                answer="number",
                value=3.0,
            )
        )
        db.session.commit()
        return True


def late_scores(day: Day, vote: Vote, change: Callable[[str, int, int], Change]) -> int:
    """Scores that were accepted but are missing from the count taken in the closing transaction, or came after it."""
    with day.event() as event:
        event_id = event.id
        ballots = list(db.session.scalars(select(Ballot.id).where(Ballot.event_id == event_id)))
    late = 0
    for number in range(ROUNDS):
        before = count(day)
        start = threading.Barrier(VOTERS + 1)

        def votes(voter: int, number: int = number, start: threading.Barrier = start) -> None:
            start.wait()
            for tap in range(TAPS):
                vote(day.app, change(ballots[voter], number * TAPS + tap + 1, tap))

        threads = [threading.Thread(target=votes, args=(voter,)) for voter in range(VOTERS)]
        for thread in threads:
            thread.start()
        start.wait()
        time.sleep(0.004 * (number % 5))
        closing_count = close(day)
        for thread in threads:
            thread.join()
        late += abs(count(day) - closing_count)
        assert closing_count >= before
        reopen(day)
    return late


def count(day: Day) -> int:
    """All taps ever stored: the sum of the numbers is what changes when a row is replaced."""
    with day.app.app_context():
        total = db.session.scalar(select(func.coalesce(func.sum(Score.seq), 0)))
        db.session.remove()
        return int(total or 0)


def close(day: Day) -> int:
    """As the route does: whoever moves the day holds the event's row."""
    with day.app.app_context():
        event = find_event(day.code)
        event.move_on(event.version, by=FAY)
        total = db.session.scalar(select(func.coalesce(func.sum(Score.seq), 0)))
        db.session.commit()
        db.session.remove()
        return int(total or 0)


def reopen(day: Day) -> None:
    with day.event() as event:
        event.move_back(event.version, by=FAY)
        db.session.commit()


def ready(day: Day) -> Day:
    day.until("welcome").crowd(VOTERS)
    return day.scoring("Evening classes")


def test_no_score_is_late_through_the_writer(day: Day) -> None:
    ready(day)
    idea = next(iter(day.idea_ids().values()))
    with day.event() as event:
        event_id = event.id

    def change(ballot: str, seq: int, tap: int) -> Change:
        return Change(event_id, ballot, idea, "ABCDEFGHIJ"[tap % 10], "3", seq)

    assert late_scores(day, through_the_writer, change) == 0


def test_asking_first_and_writing_later_lets_late_scores_in(day: Day) -> None:
    """The positive control: without one transaction, this very test finds late scores."""
    ready(day)
    with day.event() as event:
        event_id = event.id
        idea = db.session.scalars(event.ideas.select()).one().id
        criteria = [criterion.id for criterion in event.criteria]

    def change(ballot: str, seq: int, tap: int) -> Change:
        return Change(event_id, ballot, str(idea), str(criteria[tap % 10]), "3", seq)

    assert late_scores(day, in_two_transactions, change) > 0
