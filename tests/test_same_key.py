"""Fifty copies of one tap at the same moment are one tap (T3), and fifty presses of one button are one step (T6)."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from facilitate import live
from facilitate.extensions import db
from facilitate.models import Ballot, LogEntry, Score
from facilitate.models.casting import Answer, Change
from tests.cast import SAME_ORIGIN, Day
from tests.sizes import size

AT_ONCE = 50
STORMS = size(pr=3, soak=200)


def all_at_once(deed: Callable[[], object]) -> list[object]:
    """What fifty threads are answered that do the same in the same moment."""
    start = threading.Barrier(AT_ONCE)

    def when_all_are_ready(_number: int) -> object:
        start.wait()
        return deed()

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        return list(crowd.map(when_all_are_ready, range(AT_ONCE)))


def test_fifty_copies_of_one_tap_are_one_row_and_fifty_equal_answers(day: Day) -> None:
    day.until("welcome").joins()
    day.scoring("Evening classes")
    (idea,) = day.idea_ids().values()
    with day.event() as event:
        event_id, ballot = event.id, db.session.scalars(db.select(Ballot.id)).one()

    for seq in range(1, STORMS + 1):

        def tap(seq: int = seq) -> Answer:
            with day.app.app_context():
                return live.writer().cast([Change(event_id, ballot, idea, "A", "4", seq)])[0]

        assert all_at_once(tap) == [Answer(True, seq)] * AT_ONCE
        with day.app.app_context():
            assert db.session.execute(db.select(Score.seq, Score.value)).all() == [(seq, 4.0)]
            db.session.remove()


def test_without_a_key_the_same_tap_is_stored_more_than_once(tmp_path: Path) -> None:
    """The control: looks whether the tap is there, then stores it, in a table without a key."""
    file = tmp_path / "table.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE score (ballot, idea, criterion, seq)")

    def tap() -> None:
        with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM score WHERE seq = 1").fetchone()
            time.sleep(0.005)  # whatever else a handler does
            if count == 0:
                connection.execute("INSERT INTO score VALUES ('b', 'i', 'A', 1)")

    all_at_once(tap)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM score").fetchone()[0] > 1


def test_of_fifty_presses_each_step_has_one_winner_and_one_entry(day: Day) -> None:
    """Next, through the rest of the agenda."""
    day.until("welcome").joins()
    day.collects(["Evening classes"])
    with day.event() as event:
        steps = len(event.activities) - 1 - event.position
        before = event.revision
    cookie = "; ".join(f"{one.key}={one.value}" for one in day.fay.client._cookies.values())  # type: ignore[union-attr]

    def press(button: str) -> Callable[[], object]:
        version = day.version

        def pressed() -> object:
            client = day.app.test_client(use_cookies=False)
            address, fields = f"/{day.code}/console/{button}", {"version": version}
            return client.post(address, data=fields, headers={**SAME_ORIGIN, "Cookie": cookie}).status_code

        return pressed

    for _ in range(steps):
        assert Counter(all_at_once(press("next"))) == {303: 1, 409: AT_ONCE - 1}
    with day.event() as event:
        assert event.following is None
        actions = list(
            db.session.scalars(
                db.select(LogEntry.action)
                .where(LogEntry.event_id == event.id, LogEntry.number > before)
                .order_by(LogEntry.number)
            )
        )
    assert Counter(actions)["activity.opened"] == steps
    assert Counter(actions)["scoring.closed"] == Counter(actions)["scoring.opened"] == 1
