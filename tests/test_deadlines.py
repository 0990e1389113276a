"""Zero: where the host chose so, the timer closes the activity, exactly once, and never early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask

from facilitate import presets
from facilitate.deadlines import GLANCE, Watch
from facilitate.errors import NotNow
from facilitate.extensions import db
from facilitate.models import Event, LogEntry
from tests.builders import FAY, SOMEBODY
from tests.sizes import size

SCHEDULES = size(pr=60, soak=1000)
NOON = datetime(2026, 9, 25, 12, 0, tzinfo=UTC)


class Clock:
    """The server's clock, which the test turns."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def goes_on(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Hall:
    """One event that collects ideas, two processes that watch its timer, and a host with her hands on it."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app, self.clock = app, clock
        self.watches = [Watch(app, clock), Watch(app, clock)]
        with app.app_context():
            event = presets.new_event(db.session(), presets.load("ircc-planning-day"), by=FAY)
            event.open_doors(by=FAY)
            event.move_on(event.version, by=FAY)
            event.stop_timer(by=FAY)
            self.id = event.id
            db.session.commit()

    def host(self, verb: str, *said: object) -> None:
        with self.app.app_context():
            event = db.session.get_one(Event, self.id)
            getattr(event, verb)(*said, by=FAY, at=self.clock())
            db.session.commit()

    def starts(self, minutes: int) -> None:
        self.host("start_timer", minutes)
        self.host("close_at_zero")

    @property
    def activity(self) -> str:
        with self.app.app_context():
            return db.session.get_one(Event, self.id).activity.key

    @property
    def actions(self) -> list[str]:
        with self.app.app_context():
            event = db.session.get_one(Event, self.id)
            return [entry.action for entry in db.session.scalars(event.log.select().order_by(LogEntry.number))]

    @property
    def strikes(self) -> int:
        return self.actions.count("timer.struck")

    def both_press(self) -> list[bool]:
        """Both processes look before either of them presses."""
        seen = [self.due(watch) for watch in self.watches]
        return [watch.press(*each) for watch, due in zip(self.watches, seen, strict=True) for each in due]

    def due(self, watch: Watch) -> list[tuple[int, int]]:
        return [(event_id, version) for event_id, version, ends_at in watch.deadlines() if ends_at <= self.clock()]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hall(app: Flask, clock: Clock) -> Hall:
    return Hall(app, clock)


def test_a_timer_only_reminds_unless_the_host_chose_otherwise(hall: Hall, clock: Clock) -> None:
    hall.host("start_timer", 5)
    clock.goes_on(3600)
    assert (hall.both_press(), hall.activity) == ([], "collect")


def test_at_zero_the_activity_closes_and_not_a_second_earlier(hall: Hall, clock: Clock) -> None:
    hall.starts(5)
    clock.goes_on(299)
    assert (hall.both_press(), hall.activity) == ([], "collect")
    clock.goes_on(1)
    assert (hall.both_press(), hall.activity) == ([True, False], "sort")
    assert hall.actions[-3:] == ["timer.closes", "activity.opened", "timer.struck"]


def test_two_processes_that_did_not_say_what_they_saw_would_move_the_day_two_steps(hall: Hall, clock: Clock) -> None:
    """The positive control: without compare-and-set, this very moment closes one activity too many."""
    with hall.app.app_context():
        event = db.session.get_one(Event, hall.id)
        event.submit("Evening classes", event.listed("kind")[0], by=SOMEBODY).show(by=FAY)
        db.session.commit()
    hall.starts(5)
    clock.goes_on(300)
    for event_id, _version in [seen for watch in hall.watches for seen in hall.due(watch)]:
        with hall.app.app_context():
            event = db.session.get_one(Event, event_id)
            event.move_on(event.version, by=FAY)
            db.session.commit()
    assert hall.activity == "score"


def test_a_paused_timer_never_closes_and_goes_on_where_it_stood(hall: Hall, clock: Clock) -> None:
    hall.starts(5)
    clock.goes_on(200)
    hall.host("pause_timer")
    clock.goes_on(7200)
    assert (hall.both_press(), hall.activity) == ([], "collect")
    hall.host("resume_timer")
    clock.goes_on(99)
    assert hall.both_press() == []
    clock.goes_on(1)
    assert hall.both_press() == [True, False]


def test_a_minute_more_after_zero_is_a_new_opening(hall: Hall, clock: Clock) -> None:
    hall.starts(5)
    clock.goes_on(300)
    hall.both_press()
    clock.goes_on(20)
    hall.host("stretch_timer", 1)
    assert (hall.activity, hall.actions[-2:]) == ("collect", ["activity.reopened", "timer.stretched"])
    clock.goes_on(59)
    assert hall.both_press() == []
    clock.goes_on(1)
    assert (hall.both_press(), hall.activity, hall.strikes) == ([True, False], "sort", 2)


def test_a_minute_more_is_only_a_minute_more_once_the_host_has_moved_the_day(hall: Hall, clock: Clock) -> None:
    hall.starts(5)
    clock.goes_on(300)
    hall.both_press()
    with hall.app.app_context():
        event = db.session.get_one(Event, hall.id)
        event.move_back(event.version, by=FAY)
        event.move_on(event.version, by=FAY)
        db.session.commit()
    hall.host("stretch_timer", 1)
    assert hall.activity == "sort"


def test_a_timer_that_stands_at_zero_is_not_told_to_close(hall: Hall, clock: Clock) -> None:
    hall.host("start_timer", 1)
    clock.goes_on(60)
    with pytest.raises(NotNow, match="at zero already"):
        hall.host("close_at_zero")


def test_where_the_next_activity_cannot_begin_the_timer_only_reminds(hall: Hall, clock: Clock) -> None:
    hall.starts(1)
    with hall.app.app_context():
        event = db.session.get_one(Event, hall.id)
        sort = event.activities[2]
        sort.key = "score"  # an agenda without sorting: nothing is on the wall yet
        db.session.commit()
    clock.goes_on(60)
    assert (hall.both_press(), hall.activity, hall.actions[-1]) == ([False, False], "collect", "timer.reminds")


def test_a_restart_forgets_no_deadline(hall: Hall, clock: Clock) -> None:
    hall.starts(5)
    clock.goes_on(1000)
    hall.watches = [Watch(hall.app, clock), Watch(hall.app, clock)]
    assert hall.both_press() == [True, False]


def test_the_watch_looks_again_when_the_next_deadline_comes(hall: Hall, clock: Clock) -> None:
    watch = hall.watches[0]
    assert watch.look() == GLANCE
    hall.starts(1)
    clock.goes_on(59.6)
    assert round(watch.look(), 3) == 0.4
    clock.goes_on(0.4)
    watch.look()
    assert hall.activity == "sort"


def test_any_schedule_closes_exactly_once_and_never_early(hall: Hall, clock: Clock) -> None:
    """T7: pauses, minutes more and less, restarts, and two processes that look at the same moment."""
    random = Random(7)  # noqa: S311 - repeatable, not secret
    for number in range(SCHEDULES):
        before = hall.strikes
        _back_to_collecting(hall)
        minutes = random.randint(1, 9)
        hall.starts(minutes)
        left, is_paused = 60 * minutes, False
        for _ in range(random.randint(0, 7)):
            step = random.choice(["wait", "wait", "more", "less", "pause", "restart"])
            if step == "wait" and not is_paused:
                passes = random.randrange(left)
                clock.goes_on(passes)
                left -= passes
            elif step == "wait":
                clock.goes_on(random.randint(0, 5000))
            elif step == "more" or (step == "less" and left > 61):
                hall.host("stretch_timer", 1 if step == "more" else -1)
                left += 60 if step == "more" else -60
            elif step == "pause":
                hall.host("resume_timer" if is_paused else "pause_timer")
                is_paused = not is_paused
            elif step == "restart":
                hall.watches[random.randrange(2)] = Watch(hall.app, clock)
            assert hall.both_press() == [], f"schedule {number}: {left} seconds early"
        if is_paused:
            hall.host("resume_timer")
        clock.goes_on(left - 1)
        assert hall.both_press() == [], f"schedule {number}: a second early"
        clock.goes_on(random.choice([1, 1, 30]))
        assert hall.both_press() == [True, False], f"schedule {number}"
        assert (hall.activity, hall.strikes) == ("sort", before + 1), f"schedule {number}"


def _back_to_collecting(hall: Hall) -> None:
    with hall.app.app_context():
        event = db.session.get_one(Event, hall.id)
        if event.activity.key != "collect":
            event.move_back(event.version, by=FAY)
        event.stop_timer(by=FAY)
        db.session.commit()
