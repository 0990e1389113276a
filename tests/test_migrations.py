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

from facilitate import create_app, exports
from facilitate.config import BadSetting
from facilitate.extensions import db
from facilitate.migrations.upgrade import bring_up_to_date
from facilitate.models import Base, Event
from facilitate.models.closing import still_holds
from facilitate.queries.log import broken_at


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


# --- released schemas, with data ---

RELEASED = Path(__file__).parent / "data" / "schemas"


@pytest.fixture(params=[file.stem for file in sorted(RELEASED.glob("*.sql"))])
def released(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Flask]:
    """An instance whose database was written by the version that had this schema."""
    revision = str(request.param)
    with closing(sqlite3.connect(tmp_path / "facilitate.sqlite")) as connection:
        connection.executescript((RELEASED / f"{revision}.sql").read_text(encoding="utf-8"))
    return revision, create_app(INSTANCE=str(tmp_path))


def test_every_released_schema_with_data_comes_up_to_date(released: tuple[str, Flask]) -> None:
    revision, app = released
    bring_up_to_date(app)
    test_the_migrated_schema_is_the_one_of_the_models(app)
    with app.app_context():
        event = db.session.scalars(db.select(Event)).one()
        assert broken_at(event) is None
        assert still_holds(db.session(), event)
        ranking = exports.make("ranking.csv", exports.gather(event))
        db.session.remove()
        db.engine.dispose()
    assert ranking == (RELEASED / f"{revision}-ranking.csv").read_bytes()


def test_tables_keep_their_random_order_through_a_migration(released: tuple[str, Flask]) -> None:
    _revision, app = released
    bring_up_to_date(app)
    with app.app_context(), db.engine.connect() as connection:
        for table in ("ballot", "score", "recusal", "ticket"):
            sql = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table})
            assert "WITHOUT ROWID" in str(sql), table
    with app.app_context():
        db.engine.dispose()


def test_an_event_of_the_first_schema_stays_open_to_all_and_its_results_count_as_seen(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "facilitate.sqlite")) as connection:
        connection.executescript((RELEASED / "0001.sql").read_text(encoding="utf-8"))
    app = create_app(INSTANCE=str(tmp_path))
    bring_up_to_date(app)
    with app.app_context():
        event = db.session.scalars(db.select(Event)).one()
        assert (event.admission, event.results_seen, event.timer_closes) == ("open", True, False)
        db.session.remove()
        db.engine.dispose()
