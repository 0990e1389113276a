"""`facilitate check`: a line for each thing, and exit code 1 when one is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import create_engine, text

from facilitate.cli import main
from facilitate.commands import check as check_command
from facilitate.commands.check import CHECKS
from tests.cast import Day

MACHINE = ("translations are compiled", "browser packages are there")
"""What depends on how this checkout was built."""


def check(instance: Path) -> Result:
    return CliRunner().invoke(main, ["check"], env={"FACILITATE_INSTANCE": str(instance)})


def wrong(done: Result) -> dict[str, str]:
    """What was found, without what belongs to the machine."""
    lines = [line.removeprefix("✗ ").split(": ", 1) for line in done.stdout.splitlines() if line.startswith("✗")]
    return {name: what for name, what in lines if name not in MACHINE}


def harm(app: Flask, statement: str) -> None:
    """As somebody does who knows the database and not the house: without its settings."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_all_is_well(app: Flask, day: Day) -> None:
    done = check(Path(app.instance_path))
    assert [line[2:].split(":")[0] for line in done.stdout.splitlines()] == list(CHECKS)
    assert wrong(done) == {}


def test_the_machine_is_ready(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(check_command, "HOUSE", tmp_path)
    done = check(Path(app.instance_path))
    assert done.exit_code == 1
    assert "✗ translations are compiled: not compiled; please run make install" in done.stdout
    assert "✗ browser packages are there: socket.io.js, idiomorph.js, fonts missing" in done.stdout
    assert done.stderr == "facilitate: 2 things are wrong.\n"


def test_a_key_that_others_can_read(app: Flask) -> None:
    (Path(app.instance_path) / "secret_key").chmod(0o644)
    done = check(Path(app.instance_path))
    assert done.exit_code == 1
    assert wrong(done) == {"secret key is private": "others may read it (mode 0644); please run chmod 600"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_entry SET action = 'event.stolen' WHERE number = 1",
        "DELETE FROM log_entry WHERE number = 1",
        "UPDATE event SET log_head = 'f'",
        "UPDATE event SET revision = revision + 1",
    ],
)
def test_a_log_that_was_touched(app: Flask, day: Day, statement: str) -> None:
    harm(app, statement)
    found = wrong(check(Path(app.instance_path)))
    assert list(found) == ["log chains are unbroken"]
    assert found["log chains are unbroken"].startswith(f"event {day.code}: entry ")


@pytest.mark.sqlite("PostgreSQL never lets a row point to nothing")
def test_a_row_that_points_to_nothing(app: Flask, day: Day) -> None:
    harm(app, "UPDATE criterion SET event_id = 999 WHERE code = 'A'")
    assert wrong(check(Path(app.instance_path))) == {
        "foreign keys hold": "1 rows point to nothing, the first in criterion"
    }


def test_an_older_schema(app: Flask) -> None:
    harm(app, "UPDATE alembic_version SET version_num = '0000'")
    found = wrong(check(Path(app.instance_path)))
    assert found["schema is this version's"].startswith("it is 0000, this version needs ")


@pytest.mark.sqlite("a new folder comes with a new database")
def test_no_database_yet(tmp_path: Path) -> None:
    empty = check(tmp_path / "empty")
    assert empty.exit_code == 1
    assert "there is no database yet" in wrong(empty)["schema is this version's"]


def test_a_full_disk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_command, "ENOUGH", 2**62)
    assert list(wrong(check(Path(app.instance_path)))) == ["disk has room"]
