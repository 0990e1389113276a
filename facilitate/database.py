"""How the database is opened: SQLite with one write gate, or PostgreSQL.

SQLite takes one writer at a time. Everybody who wants to write passes one gate first and then begins with
`BEGIN IMMEDIATE`, so a transaction never fails half-way because another one was quicker. What waits for the disk or
for a foreign lock runs aside in a real thread, so that the room goes on meanwhile.

PostgreSQL takes many writers, of many processes; whoever changes an event holds its row. psycopg waits on its socket
the way gevent does, so nothing of it runs aside.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from facilitate import journal
from facilitate.early import is_serving
from facilitate.errors import Busy
from facilitate.machine import Machine

T = TypeVar("T")

LOCK_PATIENCE = 5.0
"""Seconds to wait for another process that holds the database."""

GATE_PATIENCE = 2 * LOCK_PATIENCE
"""Seconds to wait for one's turn to write: who is before us may itself be waiting for another process."""

gate = threading.RLock()
"""One writer at a time in this process."""

reading: ContextVar[bool] = ContextVar("reading", default=False)
"""True while a page is only looked at: its transaction may not write."""


def aside(function: Callable[..., T], *args: Any) -> T:
    """Run `function` in a real thread while the room goes on; directly where nothing is served."""
    if not is_serving():
        return function(*args)
    import gevent

    result, error = gevent.get_hub().threadpool.apply(_outcome, (function, args))
    if error is not None:
        raise error
    return cast("T", result)


def _outcome(function: Callable[..., T], args: tuple[Any, ...]) -> tuple[T | None, Exception | None]:
    """What goes wrong in the thread is raised where it is waited for; the thread itself would print it."""
    try:
        return function(*args), None
    except Exception as error:  # noqa: BLE001 - it is raised again
        return None, error


def soon(function: Callable[..., object], *args: Any) -> None:
    """Run `function` beside the room, where nobody waits for it; directly where nothing is served."""
    if not is_serving():
        function(*args)
        return
    import gevent

    gevent.spawn(function, *args)


@contextmanager
def _through_the_gate() -> Iterator[None]:
    _pass_gate()
    try:
        yield
    finally:
        gate.release()


def _pass_gate() -> None:
    if not gate.acquire(timeout=GATE_PATIENCE):
        raise Busy()


class GatedConnection(sqlite3.Connection):
    """A connection whose write transactions pass the gate, and whose commits do not stop the room."""

    _is_writing = False
    machine: Machine

    def begin_writing(self) -> None:
        _pass_gate()
        try:
            aside(self.execute, "BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            gate.release()
            self.machine.failed(error)
            raise Busy() from error
        except BaseException:
            gate.release()
            raise
        self._is_writing = True

    def commit(self) -> None:
        try:
            aside(super().commit)
            if self._is_writing:
                self.machine.wrote()
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


POSTGRESQL = {
    "pool_pre_ping": True,
    "pool_size": 10,
    "max_overflow": 20,
    "pool_timeout": LOCK_PATIENCE,
    "connect_args": {"connect_timeout": 5, "options": f"-c lock_timeout={LOCK_PATIENCE:g}s"},
}
"""A connection that broke is replaced when somebody asks for one, so the room goes on once the database is back."""


def engine_options(url: str) -> dict[str, Any]:
    own = SQLITE if url.startswith("sqlite") else POSTGRESQL
    return {**own, "hide_parameters": True}  # an error must not quote what people wrote


def turn(engine: Engine) -> AbstractContextManager[Any]:
    """The one place at SQLite's gate; PostgreSQL takes many writers. Who waits too long is told that it is busy."""
    return _through_the_gate() if engine.dialect.name == "sqlite" else nullcontext()


def is_out_of_reach(error: BaseException) -> bool:
    """Is the database away, locked for too long, full, or no connection to it free? That is trouble, and no mistake."""
    if isinstance(error, OperationalError):
        return getattr(error.orig, "sqlite_errorname", None) != "SQLITE_ERROR"  # that one is a wrong statement
    return isinstance(error, Busy | NoneFree)


def note_failure(what: str, error: BaseException) -> None:
    """For what will be tried again by itself: a database out of reach is a line now and then, the rest our mistake."""
    if is_out_of_reach(error):
        journal.nuisance("the database is out of reach", what)
    else:
        journal.failed(what, error)


def lost_a_race(error: OperationalError) -> bool:
    """Did PostgreSQL end this transaction in favour of another one (serialization failure, deadlock)?"""
    return getattr(error.orig, "sqlstate", None) in ("40001", "40P01")


def prepare(engine: Engine, machine: Machine) -> None:
    """Durable settings for every connection, and explicit beginnings for every transaction."""

    @event.listens_for(engine, "handle_error")
    def notice(failure: ExceptionContext) -> None:
        machine.failed(failure.original_exception)

    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, machine)
    else:
        _prepare_postgresql(engine)


def _prepare_postgresql(engine: Engine) -> None:
    """A page that is only looked at sees one moment, as on SQLite, and may not write."""
    from psycopg import IsolationLevel

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        own: Any = connection.connection.dbapi_connection
        is_reading = reading.get()
        own.read_only = is_reading
        own.isolation_level = IsolationLevel.REPEATABLE_READ if is_reading else IsolationLevel.READ_COMMITTED


PRAGMAS = (
    *("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"),
    # A hall's scores are scattered over their table: 16 MB of log between two checkpoints, and 32 MB of pages at hand.
    *("wal_autocheckpoint=4000", "cache_size=-32000"),
)


def _prepare_sqlite(engine: Engine, machine: Machine) -> None:
    @event.listens_for(engine, "connect")
    def settle(connection: GatedConnection, _record: object) -> None:
        connection.isolation_level = None
        connection.machine = machine
        for pragma in PRAGMAS:
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
