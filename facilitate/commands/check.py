"""`facilitate check`: is everything as it should be?"""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

import click
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import text

from facilitate import create_app
from facilitate.database import only_reading
from facilitate.errors import Refusal
from facilitate.extensions import db
from facilitate.machine import ENOUGH
from facilitate.migrations.revisions import scripts
from facilitate.models import Event
from facilitate.queries.log import broken_at

HOUSE = Path(__file__).parent.parent
VENDOR = ("socket.io.js", "idiomorph.js")
"""Scripts of others that `make` fetches; with the fonts they are all that pages need."""


class Wrong(Exception):
    """A finding, as one sentence."""


@click.command()
def check() -> None:
    """Look at everything that the day stands on, and say what is wrong."""
    app = create_app()
    failures = 0
    with app.app_context(), only_reading():
        for name, look in CHECKS.items():
            problem = finding(look, app)
            failures += bool(problem)
            click.echo(f"{'✗' if problem else '✓'} {name}{f': {problem}' if problem else ''}")
        db.session.rollback()
    if failures:
        raise Refusal("Something is not as it should be." if failures == 1 else f"{failures} things are wrong.")


def finding(look: Callable[[Flask], None], app: Flask) -> str:
    """What one check found; a check that cannot be made is a finding too."""
    try:
        look(app)
    except Wrong as wrong:
        return str(wrong)
    except Exception as error:  # noqa: BLE001 - a broken database raises what it likes, and the other checks go on
        return f"cannot be checked ({type(error).__name__}: {error})".splitlines()[0]
    return ""


def writable(app: Flask) -> None:
    with TemporaryFile(dir=app.instance_path) as file:
        file.write(b"facilitate")


def secret(app: Flask) -> None:
    mode = stat.S_IMODE((Path(app.instance_path) / "secret_key").stat().st_mode)
    if mode != 0o600:
        raise Wrong(f"others may read it (mode {mode:04o}); please run chmod 600")


def disk(app: Flask) -> None:
    free = shutil.disk_usage(app.instance_path).free
    if free < ENOUGH:
        raise Wrong(f"only {free / 1e6:,.0f} MB free")


def integrity(_app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        db.session.execute(text("SELECT 1"))
        return
    said = db.session.scalars(text("PRAGMA integrity_check")).all()
    if said != ["ok"]:
        raise Wrong(str(said[0]))


def foreign_keys(_app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL never lets one be broken
    broken = db.session.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise Wrong(f"{len(broken)} rows point to nothing, the first in {broken[0][0]}")


def schema(_app: Flask) -> None:
    current = MigrationContext.configure(db.session.connection()).get_current_revision()
    if current is None:
        raise Wrong("there is no database yet; the first `facilitate serve` makes it")
    if current != (head := scripts().get_current_head()):
        raise Wrong(f"it is {current}, this version needs {head}; `facilitate serve` brings it up to date")


def log_chains(_app: Flask) -> None:
    for event in db.session.scalars(db.select(Event).order_by(Event.id)):
        number = broken_at(event)
        if number is not None:
            raise Wrong(f"event {event.code}: entry {number} is not what was written")


def catalogues(_app: Flask) -> None:
    sources = sorted((HOUSE / "translations").glob("*/LC_MESSAGES/messages.po"))
    compiled = sorted((HOUSE / "translations").glob("*/LC_MESSAGES/messages.mo"))
    missing = {file.parent for file in sources} - {file.parent for file in compiled}
    if not compiled or missing:
        raise Wrong("not compiled; please run make install")


def vendor(_app: Flask) -> None:
    folder = HOUSE / "static" / "vendor"
    missing = [name for name in VENDOR if not (folder / name).is_file()]
    if not list(folder.glob("fonts/*.woff2")):
        missing.append("fonts")
    if missing:
        raise Wrong(f"{', '.join(missing)} missing; please run make install")


CHECKS: dict[str, Callable[[Flask], None]] = {
    "instance folder is writable": writable,
    "secret key is private": secret,
    "disk has room": disk,
    "database is whole": integrity,
    "foreign keys hold": foreign_keys,
    "schema is this version's": schema,
    "log chains are unbroken": log_chains,
    "translations are compiled": catalogues,
    "browser packages are there": vendor,
}
