"""Migrations: the schema is the models', newer databases are left alone, a crash leaves old or new."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import text

from facilitate import create_app
from facilitate.config import BadSetting
from facilitate.extensions import db
from facilitate.migrations.upgrade import bring_up_to_date
from facilitate.models import Base


def test_the_migrated_schema_is_the_one_of_the_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.sqlite("it keeps the statements that made its tables")
def test_migrating_twice_changes_nothing(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        before = connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name")).all()
    bring_up_to_date(app)
    with app.app_context(), db.engine.connect() as connection:
        assert connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name")).all() == before


def test_a_database_of_a_newer_version_is_left_alone(app: Flask) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadSetting, match="newer version"):
        bring_up_to_date(app)


@pytest.mark.sqlite("types of PostgreSQL are strict")
def test_scores_live_in_strict_tables_without_row_order(app: Flask) -> None:
    """A text in the place of a number is refused by the database itself (SQLite would store it)."""
    with app.app_context(), db.engine.connect() as connection:
        for table in ("score", "recusal"):
            sql = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table})
            assert "STRICT" in str(sql)
            assert "WITHOUT ROWID" in str(sql)


@pytest.mark.sqlite("tests/postgresql does the same there")
@pytest.mark.real
@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_kill_9_in_the_middle_of_a_migration_leaves_old_or_new(tmp_path: Path, after: float) -> None:
    """The killed process migrates from nothing; what it leaves is empty or whole, and the next start finishes it."""
    migrate = (
        "from facilitate import create_app\n"
        "from facilitate.migrations.upgrade import bring_up_to_date\n"
        f"app = create_app(INSTANCE={str(tmp_path)!r})\n"
        "print('ready', flush=True)\n"
        "bring_up_to_date(app)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", migrate], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    tables = left_behind(tmp_path / "facilitate.sqlite")
    assert tables in (0, len(Base.metadata.tables) + 1), f"{tables} tables"
    bring_up_to_date(create_app(INSTANCE=str(tmp_path)))
    assert left_behind(tmp_path / "facilitate.sqlite") == len(Base.metadata.tables) + 1


def left_behind(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0])
