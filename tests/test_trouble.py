"""What the journal says of a database out of reach: one line now and then, and no traceback."""

from __future__ import annotations

import logging
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from facilitate.database import is_out_of_reach, note_failure
from facilitate.errors import Busy


def of_sqlite(database: sqlite3.Connection, statement: str) -> OperationalError:
    with pytest.raises(sqlite3.OperationalError) as caught:
        database.execute(statement)
    return OperationalError(statement, None, caught.value)


def test_a_locked_database_is_trouble_and_a_wrong_statement_is_our_mistake(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="facilitate")
    address = "file:locked?mode=memory&cache=shared"
    with sqlite3.connect(address, uri=True) as one, sqlite3.connect(address, uri=True, timeout=0) as other:
        one.execute("CREATE TABLE idea (id INTEGER)")
        one.execute("BEGIN IMMEDIATE")
        locked, wrong = of_sqlite(other, "INSERT INTO idea VALUES (1)"), of_sqlite(other, "SELECT nothing FROM nowhere")
    assert [is_out_of_reach(error) for error in (locked, wrong, Busy(), ValueError())] == [True, False, True, False]
    for _ in range(5):
        note_failure("a look at locked databases", locked)
    note_failure("a look at wrong statements", wrong)
    said = [(record.getMessage(), bool(record.exc_info)) for record in caplog.records]
    assert said == [("the database is out of reach", False), ("a look at wrong statements", True)]
