"""The `facilitate` command."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from facilitate import presets, serving
from facilitate.commands.backup import backup, restore
from facilitate.commands.check import check
from facilitate.commands.export import export
from facilitate.commands.forget import forget
from facilitate.commands.move import move
from facilitate.commands.rank import fund, rank
from facilitate.commands.rehearsal import demo, rehearse
from facilitate.commands.user import user
from facilitate.commands.verify import verify
from facilitate.config import BadSetting, database_url, settings
from facilitate.errors import NotFound, Refusal
from facilitate.extensions import db
from facilitate.installation import application, make_event
from facilitate.models import Facilitator


class House(click.Group):
    """Refusals are one sentence and exit code 1; bad input is one sentence and exit code 2."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except Refusal as refusal:
            click.echo(f"facilitate: {refusal}", err=True)
            context.exit(2 if isinstance(refusal, NotFound) else 1)
        except OperationalError as error:
            reason = str(error.orig).strip().splitlines()[0]
            click.echo(f"facilitate: The database does not answer: {reason}", err=True)
            context.exit(1)
        except BadSetting as problem:
            click.echo(f"facilitate: {problem}", err=True)
            context.exit(2)


@click.group(cls=House)
@click.version_option(package_name="facilitate")
def main() -> None:
    """Planning days: ideas from the room, scored on agreed criteria, ranked in the open."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--lan", is_flag=True, help="Listen on all addresses and show the one of this network (not encrypted).")
@click.option("--database", help="Database URL; SQLite in the instance folder by default.")
@click.option("--redis", help="Redis URL, for several processes.")
@click.option("--public-url", help="The address that people type.")
def serve(*, host: str, port: int, lan: bool, database: str | None, redis: str | None, public_url: str | None) -> None:
    """Serve planning days; the first start sets everything up."""
    from facilitate import server

    chosen = settings(REDIS=redis, DATABASE=database)
    # SQLite takes one process: several, each with its own checkpoints, have damaged such files.
    several = bool(chosen["REDIS"]) and not database_url(chosen).startswith("sqlite")
    held = serving.hold(Path(chosen["INSTANCE"]), others_may=several)
    app = application(DATABASE=database, REDIS=redis, PUBLIC_URL=public_url)
    address = server.announce(app, host, port, lan=lan)
    local = f"http://{'127.0.0.1' if lan or host in server.ANYWHERE else host}:{port}"
    serving.announce(held, local, address)
    click.echo(f"facilitate is at {address}")
    if lan:
        click.echo("The connection in this network is not encrypted. Use it only in a hall you trust.")
    with app.app_context():
        invite_first(address)
    is_done = server.serve(app, "0.0.0.0" if lan else host, port)  # noqa: S104 - asked for with --lan
    if not is_done:
        os._exit(0)  # a thread waits for somebody else's lock; nobody was told that its work is done


def invite_first(address: str) -> None:
    """As long as nobody has an account: print a link that makes the first one."""
    known = db.session.scalars(db.select(Facilitator)).all()
    if any(somebody.password or somebody.email for somebody in known):
        return  # an account, or one that `facilitate user add` has invited
    first = known[0] if known else Facilitator(email="")
    db.session.add(first)
    token = first.invite()
    db.session.commit()
    click.echo(f"Set up the first account: {address}/setup/{token}")


@main.command()
@click.option("--preset", default="ircc-planning-day", show_default=True)
@click.option("--title", default="")
@click.option("--lang", default="", help="Main language of the event, as a BCP-47 tag.")
@click.option("--json", "as_json", is_flag=True)
def new(*, preset: str, title: str, lang: str, as_json: bool) -> None:
    """Make an event and print its links."""
    app = application()
    with app.app_context():
        links = make_event(app, presets.load(preset), title, lang)
    click.echo(json.dumps(links) if as_json else "\n".join(f"{name:12} {value}" for name, value in links.items()))


main.add_command(export)
main.add_command(rank)
main.add_command(fund)
main.add_command(verify)
main.add_command(rehearse)
main.add_command(demo)
main.add_command(backup)
main.add_command(restore)
main.add_command(move)
main.add_command(check)
main.add_command(forget)
main.add_command(user)


if __name__ == "__main__":
    sys.exit(main())
