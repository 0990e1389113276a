"""Bringing a database to the schema of this version, with a backup first and a refusal of newer ones."""

from __future__ import annotations

from alembic import command
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, func, select, text

from facilitate.backup import before_migration
from facilitate.config import BadSetting
from facilitate.extensions import db
from facilitate.migrations.revisions import alembic_config, known_revisions, scripts

ALONE = 4829_1376
"""The name of the lock under which one process migrates a PostgreSQL database and the others wait."""


def bring_up_to_date(app: Flask) -> None:
    """Run the migrations that are missing. A database of a newer version is left alone."""
    with app.app_context():
        with db.engine.connect() as connection:
            if revision(connection) == scripts().get_current_head():
                return
        with db.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(select(func.pg_advisory_xact_lock(ALONE)))
            _upgrade(app, connection)


def revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(app: Flask, connection: Connection) -> None:
    current = revision(connection)  # again: another server may have been quicker
    if current == scripts().get_current_head():
        return
    if current is not None and current not in known_revisions():
        raise BadSetting("This database was made by a newer version of facilitate. Please install that one.")
    if current is not None:
        before_migration(app)
    to_head(connection)


def to_head(connection: Connection) -> None:
    """Run the missing migrations in the transaction of this connection."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
