"""Bringing a database to the schema of this version, with a backup first and a refusal of newer ones."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from facilitate.config import BadSetting
from facilitate.extensions import db


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())


def known_revisions() -> set[str]:
    """Every schema that this version can bring up to date."""
    return {script.revision for script in scripts().walk_revisions()}


def bring_up_to_date(app: Flask) -> None:
    """Run the migrations that are missing. A database of a newer version is left alone."""
    with app.app_context():
        with db.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        if current == scripts().get_current_head():
            return
        if current is not None and current not in known_revisions():
            raise BadSetting("This database was made by a newer version of facilitate. Please install that one.")
        if current is not None:
            _keep_a_copy(app)
        with db.engine.begin() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _keep_a_copy(app: Flask) -> None:
    from facilitate.backup import before_migration

    before_migration(app)
