"""`facilitate forget`: archives an event, so that nothing ties its answers to people any more."""

from __future__ import annotations

import click

from facilitate.access import find_event, turn_to_write
from facilitate.archivist import scrub
from facilitate.extensions import db
from facilitate.installation import OPERATOR, application
from facilitate.text import digits


@click.command()
@click.argument("code")
def forget(code: str) -> None:
    """Archive the event with this CODE: destroy its key, its participants, tickets and re-entry codes.

    Ideas, scores, results and log stay, and belong to nobody. Refused while the day is open.
    """
    app = application()
    with app.app_context():
        with turn_to_write():
            event = find_event(digits(code))
            event.refuse_while_people_are_here()
            event.archive(by=OPERATOR)
            db.session.commit()
        left = scrub(app)
    click.echo("Archived: nothing ties answers to people any more. Ideas, scores and results stay.")
    if left:
        click.echo("Backups made by hand still hold the thread. Delete them, and copies elsewhere:")
    for file in left:
        click.echo(f"  {file}")
