"""`facilitate backup` and `facilitate restore`."""

from __future__ import annotations

from pathlib import Path

import click

from facilitate import backup as house
from facilitate.config import settings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Copy the whole database into FILE, also while it is being served; the checksum goes beside it.

    A backup holds everything, the keys of the events included: keep it as you would keep the ballots.
    """
    found = house.make_backup(house.database_file(settings()), file)
    click.echo(f"{file} holds the whole database ({file.stat().st_size / 1e6:,.1f} MB), checked.\nsha256 {found}")


@click.command()
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put the backup FILE in the database's place. Refused while the instance is being served."""
    kept = house.restore(settings(), file)
    click.echo(f"{file} is the database now.")
    if kept:
        click.echo(f"What it replaced is kept: {kept}")
