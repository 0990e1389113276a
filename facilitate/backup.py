"""Backups of the database: made while it is served, checked before anybody relies on them, restored while it is not.

A plain copy of the file would open and miss what is still in the log beside it; SQLite's own online backup does not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.engine import make_url

from facilitate import serving
from facilitate.config import database_url
from facilitate.errors import Refusal

SUFFIX = ".sha256"


def database_file(settings: Mapping[str, Any]) -> Path:
    """Where the SQLite database is; PostgreSQL has its own tools."""
    url = make_url(database_url(settings))
    if url.get_backend_name() != "sqlite":
        raise Refusal("This database is PostgreSQL: please use pg_dump for backups and pg_restore to bring one back.")
    return Path(url.database or "")


def make_backup(database: Path, target: Path) -> str:
    """Copy the whole database as of one moment; returns the checksum, which is also written beside the copy."""
    if not database.is_file():
        raise Refusal(f"There is no database at {database}.")
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _copy(database, unfinished)
        refuse_damaged(unfinished)
        found = checksum(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    note = target.with_name(target.name + SUFFIX)
    note.write_text(f"{found}  {target.name}\n", encoding="utf-8")
    return found


def _copy(source: Path, target: Path) -> None:
    with closing(_reading(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)  # in one read transaction, which stops nobody from writing
        there.execute("PRAGMA journal_mode=DELETE")  # one file, that needs nothing beside it
    _reach_the_disk(target)


def _reading(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=30)


def _reach_the_disk(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refuse_damaged(database: Path) -> None:
    """Refuse what is not a whole database."""
    try:
        with closing(_reading(database)) as connection:
            said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        raise Refusal(f"{database} is not a database that can be read ({error}).") from error
    if said != ["ok"]:
        raise Refusal(f"{database} is damaged: {said[0]}")


def checksum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


# --- the way back ---


def restore(settings: Mapping[str, Any], backup: Path) -> Path | None:
    """Put a backup in the database's place; returns where the replaced one is kept.

    Refused while the instance is served, and for a backup that is not exactly what was written.
    """
    database = database_file(settings)
    refuse_changed(backup)
    refuse_damaged(backup)
    refuse_foreign(backup)
    with serving.hold(Path(settings["INSTANCE"])):
        kept = _set_aside(database)
        _put_in_place(backup, database)
    return kept


def refuse_changed(backup: Path) -> None:
    """The checksum beside the backup must be there, and right."""
    note = backup.with_name(backup.name + SUFFIX)
    if not backup.is_file():
        raise Refusal(f"There is no file {backup}.")
    if not note.is_file():
        raise Refusal(f"The checksum {note} is missing, so nobody can say whether the backup is whole.")
    if note.read_text(encoding="utf-8").split()[:1] != [checksum(backup)]:
        raise Refusal(f"{backup} is not what was written: its checksum is another one.")


def refuse_foreign(backup: Path) -> None:
    """A database, but one of ours, and not from a newer version."""
    from facilitate.migrations.revisions import known_revisions

    try:
        with closing(_reading(backup)) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found is None:
        raise Refusal(f"{backup} is not a database of facilitate.")
    if found[0] not in known_revisions():
        raise Refusal(f"{backup} was made by a newer version of facilitate. Please install that one.")


def _set_aside(database: Path) -> Path | None:
    """Copy the present database with what is beside it; it stays in use until the backup takes its place."""
    if not database.is_file():
        return None
    kept = database.with_name(f"{database.stem}.replaced-{moment()}{database.suffix}")
    for end in ("", "-wal", "-shm"):
        part = database.with_name(database.name + end)
        if part.exists():
            copy = kept.with_name(kept.name + end)
            shutil.copy2(part, copy)
            _reach_the_disk(copy)
    return kept


def _put_in_place(backup: Path, database: Path) -> None:
    """In one step for the file itself. Its log belongs to the old one and goes first: it is kept beside the copy."""
    database.parent.mkdir(parents=True, exist_ok=True)
    arriving = database.with_name(database.name + ".part")
    shutil.copyfile(backup, arriving)
    arriving.chmod(0o600)
    _reach_the_disk(arriving)
    for end in ("-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)
    arriving.replace(database)


def moment() -> str:
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


# --- before a migration ---


def before_migration(app: Flask) -> None:
    """Keep the database as it was; the way back from an upgrade is this file and the version that wrote it."""
    try:
        database = database_file(app.config)
    except Refusal:
        app.logger.warning("A PostgreSQL database is being upgraded; only your own pg_dump can bring it back.")
        return
    make_backup(database, backup_folder(app) / f"before-upgrade-{moment()}.backup")


def backup_folder(app: Flask) -> Path:
    """Where backups go that nobody asked for by name; readable by the owner alone."""
    folder = Path(app.instance_path) / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def hourly_folder(app: Flask) -> Path:
    """Where the server puts the backups that it makes by itself. One that was named, a stick, may not be there now."""
    named = app.config["BACKUP_FOLDER"]
    return Path(named) if named else backup_folder(app)
