"""Many rows in one go, past the query builder: only the hot path needs it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection


def execute_many(database: Connection, statements: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Run the dialect's statement for all rows. SQLite likes many small steps; PostgreSQL gets one JSON parameter."""
    if not rows:
        return
    statement = statements[database.dialect.name]
    database.exec_driver_sql(statement, list(rows) if database.dialect.name == "sqlite" else (json.dumps(rows),))
