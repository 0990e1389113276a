"""Backups that are not what they should be, and what is kept before an upgrade."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from facilitate import serving
from facilitate.backup import before_migration, checksum, database_file, make_backup, refuse_changed, restore
from facilitate.config import settings
from facilitate.errors import Refusal
from facilitate.serving import AlreadyServing
from tests.cast import Day

pytestmark = pytest.mark.sqlite("PostgreSQL has pg_dump and pg_restore")


@pytest.fixture
def instance(migrated_instance: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(migrated_instance, tmp_path / "own"))


def chosen(instance: Path) -> dict[str, object]:
    return settings({}, INSTANCE=str(instance))


def note(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def rewrite(file: Path, content: bytes) -> None:
    """Somebody else's file with a checksum that is right."""
    file.write_bytes(content)
    note(file).write_text(f"{hashlib.sha256(content).hexdigest()}  {file.name}\n")


def test_a_backup_has_its_checksum_beside_it_and_is_private(instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    found = make_backup(instance / "facilitate.sqlite", file)
    assert note(file).read_text() == f"{found}  one.backup\n"
    assert found == checksum(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(tmp_path.glob("one.backup*")) == [file, note(file)]
    refuse_changed(file)


def test_a_second_backup_replaces_the_first(instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    for _ in range(2):
        make_backup(instance / "facilitate.sqlite", file)
        refuse_changed(file)


def test_there_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="There is no database"):
        make_backup(tmp_path / "facilitate.sqlite", tmp_path / "one.backup")
    assert list(tmp_path.iterdir()) == []


def test_postgresql_has_its_own_tools() -> None:
    with pytest.raises(Refusal, match="pg_dump"):
        database_file(settings({}, DATABASE="postgresql://localhost/facilitate"))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("one bit", "is not what was written"),
        ("no checksum", "is missing"),
        ("no file", "There is no file"),
        ("no database", "is not a database"),
        ("another database", "is not a database of facilitate"),
        ("a newer version", "newer version"),
    ],
)
def test_what_is_not_a_whole_backup_is_refused(instance: Path, tmp_path: Path, harm: str, said: str) -> None:
    file = tmp_path / "one.backup"
    make_backup(instance / "facilitate.sqlite", file)
    if harm == "one bit":
        content = bytearray(file.read_bytes())
        content[5000] ^= 1
        file.write_bytes(content)
    elif harm == "no checksum":
        note(file).unlink()
    elif harm == "no file":
        file.unlink()
    elif harm == "no database":
        rewrite(file, b"something else" * 1000)
    else:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(
                "DROP TABLE alembic_version"
                if harm == "another database"
                else "UPDATE alembic_version SET version_num = '9999'"
            )
        rewrite(file, file.read_bytes())
    before = {path: path.read_bytes() for path in instance.iterdir()}
    with pytest.raises(Refusal, match=said):
        restore(chosen(instance), file)
    assert {path: path.read_bytes() for path in instance.iterdir()} == before


def test_a_restore_needs_nobody_to_serve(instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    make_backup(instance / "facilitate.sqlite", file)
    held = serving.hold(instance)
    serving.announce(held, "http://127.0.0.1:8000")
    assert serving.address(instance) == "http://127.0.0.1:8000"
    with pytest.raises(AlreadyServing, match=r"at http://127.0.0.1:8000"):
        restore(chosen(instance), file)
    held.close()
    assert serving.address(instance) is None
    assert restore(chosen(instance), file) is not None


def test_the_first_restore_on_a_new_machine_replaces_nothing(instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    make_backup(instance / "facilitate.sqlite", file)
    assert restore(chosen(tmp_path / "new"), file) is None
    assert checksum(tmp_path / "new" / "facilitate.sqlite") == checksum(file)


def test_an_upgrade_keeps_the_database_as_it_was(app: Flask, day: Day) -> None:
    before_migration(app)
    (kept,) = Path(app.instance_path).glob("backups/before-upgrade-*.backup")
    refuse_changed(kept)
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT code FROM event").fetchall() == [(day.code,)]
