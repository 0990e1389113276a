"""The hot path: from a tap on a phone to a row on the disk, and the answer back.

One writer drains everything that waits, writes it in one transaction and then answers everybody. There is no timer:
the commit before is the window in which the next batch gathers. "Saved" on a phone means committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from facilitate import journal, metrics
from facilitate.database import lost_a_race, turn, writing
from facilitate.errors import Busy
from facilitate.models.casting import Answer, Change, Mark, Papers, cast

MOST_WAITING = 20_000
"""Changes that may wait for the disk before phones are asked to try again."""


Tell = Callable[[list[Answer]], None]
"""Takes the answers to some changes, after the commit."""


class ScoreWriter:
    """Writes the changes of all phones of this process, in the order in which they came."""

    def __init__(self, engine: Engine, wrote: Callable[[set[int], list[Mark]], None]) -> None:
        self.engine, self.wrote = engine, wrote
        self.papers = Papers()
        self.waiting: list[tuple[list[Change], Tell]] = []
        self.wake: Any = None

    def start(self) -> None:
        """Gather batches in the background; without this, everything is written at once by whoever casts it."""
        import gevent
        from gevent.event import Event as Signal

        self.wake = Signal()
        gevent.spawn(self._run)

    def put(self, changes: list[Change], tell: Tell) -> None:
        """Store these changes as soon as may be, and tell what became of each. Does not wait."""
        if self.wake is None:
            tell(self._answers(changes))
        elif len(self.waiting) >= MOST_WAITING:
            tell(busy(changes))
        else:
            self.waiting.append((changes, tell))
            self.wake.set()

    def cast(self, changes: list[Change]) -> list[Answer]:
        """Store these changes and say what became of each. Returns after the commit."""
        if self.wake is None:
            return self._answers(changes)
        from gevent.event import AsyncResult

        answers: Any = AsyncResult()
        self.put(changes, answers.set)
        result: list[Answer] = answers.get()
        return result

    def _run(self) -> None:
        while True:
            self.wake.wait()
            self.wake.clear()
            batch, self.waiting = self.waiting, []
            answers = iter(self._answers([change for changes, _ in batch for change in changes]))
            for changes, tell in batch:
                self._tell(tell, [next(answers) for _ in changes])

    @staticmethod
    def _tell(tell: Tell, answers: list[Answer]) -> None:
        try:
            tell(answers)
        except Exception as error:  # noqa: BLE001 - it was saved, and the phone will ask again
            journal.failed("an answer could not be sent", error)

    def _answers(self, changes: list[Change]) -> list[Answer]:
        if not changes:
            return []
        began = perf_counter()
        answers = self._written(changes)
        metrics.batch((answer.why or "saved" for answer in answers), perf_counter() - began)
        return answers

    def _written(self, changes: list[Change]) -> list[Answer]:
        try:
            return self.write(changes)
        except Busy:
            return busy(changes)
        except Exception as error:  # noqa: BLE001 - our own mistake; it may cost one answer, and never the writer
            if len(changes) > 1:
                return [answer for change in changes for answer in self._written([change])]
            return busy(changes, journal.failed("a score could not be written", error))

    def write(self, changes: list[Change]) -> list[Answer]:
        """One transaction for all changes."""
        try:
            answers, marks = self._cast(changes)
        except OperationalError as error:
            if not lost_a_race(error):
                raise Busy() from error
            return self.write(changes)  # another process got through, so this ends
        except NoneFree as error:
            raise Busy() from error
        self.wrote({change.event_id for change, answer in zip(changes, answers, strict=True) if answer.ok}, marks)
        return answers

    def _cast(self, changes: list[Change]) -> tuple[list[Answer], list[Mark]]:
        with writing(), turn(self.engine), self.engine.begin() as database:
            return cast(database, self.papers, changes)


def busy(changes: list[Change], reference: str | None = None) -> list[Answer]:
    """Nothing is lost: phones keep what they sent and try again."""
    return [Answer(False, change.seq or 0, "busy", reference=reference) for change in changes]


def read_changes(event_id: int, ballot_id: str, said: Iterable[object]) -> list[Change | None]:
    """Changes from what a client said; None where the shape is wrong."""
    return [read_change(event_id, ballot_id, one) for one in said]


def read_change(event_id: int, ballot_id: str, said: object) -> Change | None:
    if not isinstance(said, dict):
        return None
    idea, criterion, value, seq = said.get("idea"), said.get("criterion"), said.get("value"), said.get("seq")
    if not isinstance(idea, str) or not (criterion is None or isinstance(criterion, str)):
        return None
    if isinstance(seq, bool) or not isinstance(seq, int | None) or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        value = f"{value:g}" if abs(value) < 1e6 else "out of range"
    if not isinstance(value, str | None):
        return None
    return Change(event_id, ballot_id, idea[:40], criterion, value and value[:20], seq)
