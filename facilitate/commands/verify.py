"""`facilitate verify`: an export against itself, or an event against its log and its closing hash."""

from __future__ import annotations

import json
from pathlib import Path

import click

from facilitate.access import find_event
from facilitate.commands.rank import says_what_is_wrong
from facilitate.database import only_reading
from facilitate.errors import NotFound
from facilitate.installation import application
from facilitate.text import digits
from facilitate.verification.event import verify_event
from facilitate.verification.folder import verify_folder
from facilitate.verification.report import Report

DIFFERS = 1


@click.command()
@click.argument("folder", metavar="[EXPORT_DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--event", "code", help="Check this event in the database instead.")
@click.option("--json", "json_wanted", is_flag=True)
@says_what_is_wrong
def verify(folder: Path | None, code: str | None, *, json_wanted: bool) -> None:
    """Recompute EXPORT_DIR, the files of an event, or check an event in the database.

    Every difference is one line. Exit code 0 when nothing differs, 1 when something does, 2 for what cannot be read.
    """
    if (folder is None) == (code is None):
        raise click.UsageError("Name the folder of an export, or an event with --event CODE.")
    report = verify_folder(folder) if folder is not None else _event(str(code))
    click.echo(json.dumps(report.facts(), ensure_ascii=False, indent=2) if json_wanted else "\n".join(report.lines()))
    if not report.agrees:
        raise SystemExit(DIFFERS)


def _event(code: str) -> Report:
    with application().app_context(), only_reading():
        try:
            return verify_event(find_event(digits(code)))
        except NotFound as error:
            raise click.BadParameter("there is no event with this code.", param_hint="--event") from error
