"""At most four nudges a second per section, and the last change is never lost."""

from __future__ import annotations

from collections.abc import Callable

from facilitate.nudger import RATE, Nudger


class Clock:
    """Time that passes when told; what was put off runs then."""

    def __init__(self) -> None:
        self.at = 100.0
        self.put_off: list[tuple[float, Callable[[], None]]] = []

    def __call__(self) -> float:
        return self.at

    def later(self, seconds: float, function: Callable[[], None]) -> None:
        self.put_off.append((self.at + seconds, function))

    def passes(self, seconds: float) -> None:
        self.at += seconds
        due = [function for when, function in self.put_off if when <= self.at + 1e-9]
        self.put_off = [entry for entry in self.put_off if entry[0] > self.at + 1e-9]
        for function in due:
            function()


def nudger() -> tuple[Nudger, Clock, list[tuple[str, str]]]:
    clock, sent = Clock(), []
    return Nudger(lambda code, section: sent.append((code, section)), clock.later, clock), clock, sent


def test_the_first_nudge_goes_out_at_once() -> None:
    made, _, sent = nudger()
    made.nudge("1", "board")
    assert sent == [("1", "board")]


def test_a_thousand_changes_in_a_moment_are_two_nudges() -> None:
    made, clock, sent = nudger()
    for _ in range(1000):
        made.nudge("1", "board")
    assert len(sent) == 1
    clock.passes(RATE)
    assert len(sent) == 2


def test_the_last_change_is_never_lost() -> None:
    made, clock, sent = nudger()
    made.nudge("1", "board")
    clock.passes(RATE - 0.01)
    made.nudge("1", "board")
    assert len(sent) == 1
    clock.passes(RATE)
    assert len(sent) == 2


def test_sections_and_events_do_not_wait_for_each_other() -> None:
    made, _, sent = nudger()
    for key in (("1", "board"), ("1", "console"), ("2", "board")):
        made.nudge(*key)
    assert sent == [("1", "board"), ("1", "console"), ("2", "board")]
