"""Gathering: the verbs of many phones in one transaction, when a hall joins or sends its ideas all at once.

As with scores there is no timer: whatever comes while one transaction is on its way to the disk goes into the next.
Each caller gets what its own verb returned, after the commit, or the refusal that it raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from facilitate.access import find_event, turn_to_write
from facilitate.errors import Busy, Refusal
from facilitate.extensions import db
from facilitate.models import Event

T = TypeVar("T")
Verb = Callable[[Event], Any]
"""Done to the event as it is inside the transaction. It refuses before it changes anything."""


@dataclass
class Errand:
    code: str
    verb: Verb
    done: Any
    """gevent's AsyncResult."""


class Gathering:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.waiting: list[Errand] = []
        self.wake: Any = None

    def start(self) -> None:
        """Gather in the background; without this, every verb has a transaction of its own."""
        import gevent
        from gevent.event import Event as Signal

        self.wake = Signal()
        gevent.spawn(self._run)

    def do(self, code: str, verb: Callable[[Event], T]) -> T:
        """What the verb returns, once it is on the disk. What the caller has read is cut off from its session."""
        db.session.close()  # whoever waits holds no connection
        if self.wake is None:
            return _alone(code, verb)  # type: ignore[no-any-return]
        from gevent.event import AsyncResult

        done: Any = AsyncResult()
        self.waiting.append(Errand(code, verb, done))
        self.wake.set()
        result: T = done.get()
        return result

    def _run(self) -> None:
        while True:
            self.wake.wait()
            self.wake.clear()
            batch, self.waiting = self.waiting, []
            with self.app.app_context():
                _tell(batch)


def gathering() -> Gathering:
    found: Gathering = current_app.extensions["gathering"]
    return found


def _tell(batch: list[Errand]) -> None:
    try:
        outcomes = _together(batch)
    except (Busy, OperationalError):
        for errand in batch:
            errand.done.set_exception(Busy())
        return
    except Exception:  # noqa: BLE001 - whoever is at fault hears of it when each has its own turn
        for errand in batch:
            _tell_one(errand)
        return
    for errand, outcome in zip(batch, outcomes, strict=True):
        if isinstance(outcome, Refusal):
            errand.done.set_exception(outcome)
        else:
            errand.done.set(outcome)


def _together(batch: list[Errand]) -> list[Any]:
    """One transaction for all; a refusal is an outcome too."""
    with _transaction():
        events = {code: find_event(code) for code in {errand.code for errand in batch}}
        return [_outcome(errand.verb, events[errand.code]) for errand in batch]


@contextmanager
def _transaction() -> Iterator[None]:
    """What verbs return stays as it was written, and belongs to no session any more."""
    with turn_to_write():
        try:
            yield
            db.session().expire_on_commit = False
            db.session.commit()
            db.session.expunge_all()
        except BaseException:
            db.session.rollback()
            raise


def _outcome(verb: Verb, event: Event) -> Any:
    try:
        return verb(event)
    except Refusal as refusal:
        return refusal


def _tell_one(errand: Errand) -> None:
    try:
        errand.done.set(_alone(errand.code, errand.verb))
    except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for it
        errand.done.set_exception(error)


def _alone(code: str, verb: Verb) -> Any:
    with _transaction():
        return verb(find_event(code))
