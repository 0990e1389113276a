"""How the database is opened: SQLite with one write gate, or PostgreSQL.

SQLite takes one writer at a time. Everybody who wants to write passes one gate first and then begins with
`BEGIN IMMEDIATE`, so a transaction never fails half-way because another one was quicker. What waits for the disk or
for a foreign lock runs aside in a real thread, so that the room goes on meanwhile.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event

from facilitate.early import is_serving

T = TypeVar("T")

LOCK_PATIENCE = 5.0
"""Seconds to wait for another process that holds the database."""

gate = threading.RLock()
"""One writer at a time in this process."""

reading: ContextVar[bool] = ContextVar("reading", default=False)
"""True while a page is only looked at: its transaction may not write."""


def aside(function: Callable[..., T], *args: Any) -> T:
    """Run `function` in a real thread while the room goes on; directly where nothing is served."""
    if not is_serving():
        return function(*args)
    import gevent

    result: T = gevent.get_hub().threadpool.apply(function, args)
    return result


class GatedConnection(sqlite3.Connection):
    """A connection whose write transactions pass the gate, and whose commits do not stop the room."""

    _is_writing = False

    def begin_writing(self) -> None:
        gate.acquire()
        try:
            aside(self.execute, "BEGIN IMMEDIATE")
        except BaseException:
            gate.release()
            raise
        self._is_writing = True

    def commit(self) -> None:
        try:
            aside(super().commit)
        except BaseException:
            super().rollback()
            raise
        finally:
            self._leave_gate()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._leave_gate()

    def _leave_gate(self) -> None:
        if self._is_writing:
            self._is_writing = False
            gate.release()


SQLITE = {
    "connect_args": {"factory": GatedConnection, "check_same_thread": False, "timeout": LOCK_PATIENCE},
}


def engine_options(url: str) -> dict[str, Any]:
    return SQLITE if url.startswith("sqlite") else {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}


def prepare(engine: Engine) -> None:
    """Durable settings for every connection, and explicit beginnings for every transaction."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def settle(connection: GatedConnection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if reading.get():
            connection.exec_driver_sql("BEGIN")
        else:
            connection.connection.dbapi_connection.begin_writing()  # type: ignore[union-attr]


@contextmanager
def writing() -> Iterator[None]:
    """Let the page that is being looked at write after all."""
    with _reading(on=False):
        yield


@contextmanager
def only_reading() -> Iterator[None]:
    """Transactions that begin here only read, whatever else goes on."""
    with _reading(on=True):
        yield


@contextmanager
def _reading(*, on: bool) -> Iterator[None]:
    token = reading.set(on)
    try:
        yield
    finally:
        reading.reset(token)
