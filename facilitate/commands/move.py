"""`facilitate move`: from SQLite to PostgreSQL."""

from __future__ import annotations

import click

from facilitate.config import settings
from facilitate.moving import move as move_house


def _postgresql(_context: click.Context, _parameter: click.Parameter, url: str) -> str:
    if not url.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        raise click.BadParameter("please name a PostgreSQL database: postgresql://user:password@host/name")
    return url


@click.command()
@click.option("--to", required=True, metavar="URL", callback=_postgresql, help="An empty PostgreSQL database.")
def move(to: str) -> None:
    """Copy everything from the SQLite file of this instance to PostgreSQL. Refused while it is being served.

    Every row is compared; where anything differs, nothing has happened. The file stays as it is.
    """
    counts = move_house(settings(), to)
    for name, count in counts.items():
        click.echo(f"{count:>9,}  {name}")
    click.echo("Everything has arrived. From now on serve with FACILITATE_DATABASE set to that address.")
