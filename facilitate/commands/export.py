"""`facilitate export`: every file of an event, in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from facilitate import exports
from facilitate.access import find_event
from facilitate.database import reading
from facilitate.errors import NotFound
from facilitate.exports import Content
from facilitate.exports.ballots import LINKED, UNLINKED, WAYS, ideas_under
from facilitate.extensions import db
from facilitate.installation import application
from facilitate.models import Actor, Event
from facilitate.text import digits

OPERATOR = Actor("operator", channel="server")


@click.command()
@click.argument("code")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@click.option(
    "--ballots",
    "way",
    type=click.Choice(WAYS),
    is_flag=False,
    flag_value=LINKED,
    help="Raw ballots too: linked (the flag alone; confidential), or unlinked with a fresh id per person and idea.",
)
def export(code: str, out: Path, way: str | None) -> None:
    """Write the files of the event with this CODE. Refused while scoring is open."""
    with application().app_context():
        _look(code)
        content = _gathered(code)
        names = exports.names(with_ballots=way is not None)
        files = {name: exports.make(name, content, way=way or LINKED) for name in names}
        _folder(out)
        # Before anything leaves: no file without its entry in the log.
        _event(code).record(
            "export.made",
            by=OPERATOR,
            files=", ".join(name if name != exports.BALLOTS else f"{name} ({way})" for name in names),
        )
        db.session.commit()
        for name, made in files.items():
            (out / name).write_bytes(made)
            click.echo(str(out / name))
        click.echo(f"Closing hash: {content.occasion.closing_hash or 'none'}")
        if way == UNLINKED and ideas_under(content, content.k):
            click.echo(f"Not for publication: some ideas have fewer than {content.k} scorers.", err=True)


def _look(code: str) -> None:
    """A file is a look at the results: from here on ballots stay as they are."""
    _event(code).see_results(by=OPERATOR)
    db.session.commit()


def _gathered(code: str) -> Content:
    """Read only: a server that writes to the same database is not held up while files are made."""
    token = reading.set(True)
    try:
        return exports.gather(_event(code))
    finally:
        db.session.rollback()
        reading.reset(token)


def _event(code: str) -> Event:
    try:
        return find_event(digits(code))
    except NotFound as error:
        raise click.BadParameter("there is no event with this code.", param_hint="CODE") from error


def _folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.BadParameter(f"{out} cannot be made ({error.strerror}).", param_hint="--out") from error
