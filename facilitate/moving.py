"""Moving an installation from its SQLite file to PostgreSQL: everything arrives, or nothing has happened.

All of it is one transaction of the target: the tables, the rows, and the comparison at the end. The file is only read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from facilitate import serving
from facilitate.backup import database_file, refuse_damaged
from facilitate.config import database_url
from facilitate.database import engine_options, only_reading, prepare, writing
from facilitate.errors import Refusal
from facilitate.machine import Machine
from facilitate.migrations.revisions import scripts
from facilitate.migrations.upgrade import revision, to_head
from facilitate.models import Base

AT_ONCE = 1000
"""Rows in one statement."""

Row = dict[str, Any]


def move(settings: Mapping[str, Any], to: str) -> dict[str, int]:
    """Copy the database of this installation to the empty one at `to`; returns how many rows each table has."""
    file = database_file(settings)
    if not file.is_file():
        raise Refusal(f"There is no database at {file}.")
    refuse_damaged(file)
    machine = Machine(Path(settings["INSTANCE"]))
    with serving.hold(machine.folder):
        source, target = _open(f"sqlite:///{file}", machine), _open(database_url({"DATABASE": to}), machine)
        try:
            with only_reading(), source.connect() as here:
                _refuse_another_version(here)
                return _fill(here, target)
        finally:
            source.dispose()
            target.dispose()


def _open(url: str, machine: Machine) -> Engine:
    engine = create_engine(url, **engine_options(url))
    prepare(engine, machine)
    return engine


def _refuse_another_version(here: Connection) -> None:
    if revision(here) != scripts().get_current_head():
        raise Refusal("This database is of another version. Please start this version of facilitate on it once.")


def _fill(here: Connection, target: Engine) -> dict[str, int]:
    try:
        with writing(), target.begin() as there:
            if inspect(there).get_table_names():
                raise Refusal("There are tables in that database already. Please name an empty one.")
            to_head(there)
            counts = {table.name: _copy(table, here, there) for table in Base.metadata.sorted_tables}
            _refuse_difference(here, there)
            return counts
    except OperationalError as error:
        name = make_url(target.url).render_as_string(hide_password=True)
        raise Refusal(f"The database at {name} cannot be reached, or went away: {_reason(error)}") from error
    except (DataError, IntegrityError) as error:
        raise Refusal(f"A row does not fit, so nothing was moved: {_reason(error)}") from error


def _reason(error: DataError | IntegrityError | OperationalError) -> str:
    return str(error.orig).strip().splitlines()[0]


def _copy(table: Table, here: Connection, there: Connection) -> int:
    count = 0
    coming = _parents_first(table, _rows(table, here))
    while rows := list(islice(coming, AT_ONCE)):
        there.execute(table.insert(), rows)
        count += len(rows)
    for column in table.primary_key if count else ():
        sequence = there.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        if sequence:
            there.execute(select(func.setval(sequence, select(func.max(column)).scalar_subquery())))
    return count


def _rows(table: Table, connection: Connection) -> Iterator[Row]:
    for row in connection.execute(select(table)).mappings():
        yield dict(row)


def _parents_first(table: Table, rows: Iterable[Row]) -> Iterator[Row]:
    """A row that names another one of its own table (an idea merged into an idea) comes after that one."""
    parents = [(key.parent.name, key.column.name) for key in table.foreign_keys if key.column.table is table]
    known: dict[str, set[Any]] = {own: {None} for _, own in parents}
    waiting = list(rows)
    while waiting:
        ready: list[Row] = []
        later: list[Row] = []
        for row in waiting:
            (ready if all(row[parent] in known[own] for parent, own in parents) else later).append(row)
        if not ready:
            raise Refusal(f"Rows of {table.name} point at each other in a circle, so nothing was moved.")
        for own, seen in known.items():
            seen.update(row[own] for row in ready)
        yield from ready
        waiting = later


def _refuse_difference(here: Connection, there: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if digest(table, here) != digest(table, there):
            raise Refusal(f"The rows of {table.name} did not arrive as they were, so nothing was moved.")


def digest(table: Table, connection: Connection) -> str:
    """One number for all rows of a table, the same on both databases, whatever their order."""
    lines = sorted(json.dumps(row, sort_keys=True, default=repr) for row in _rows(table, connection))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
