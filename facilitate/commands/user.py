"""`facilitate user add` and `facilitate user reset`: accounts without mail, by links that work once."""

from __future__ import annotations

import re

import click
from flask import Flask

from facilitate.database import writing
from facilitate.errors import Refusal
from facilitate.extensions import db
from facilitate.installation import application, public_url
from facilitate.models import Facilitator, SignIn


@click.group()
def user() -> None:
    """Accounts of facilitators."""


@user.command()
@click.argument("email")
def add(email: str) -> None:
    """Make an account for EMAIL and print the link that sets its password, once."""
    app = _application()
    email = _cleaned(email)
    with app.app_context(), writing():
        found = _account(email)
        if found and found.password:
            raise Refusal(f"{email} has an account already. For a new password: facilitate user reset {email}")
        if found is None:
            found = Facilitator(email=email)
            db.session.add(found)
        token = found.invite()
        db.session.commit()
    click.echo(f"Works once, within three days:\n{public_url(app)}/setup/{token}")


@user.command()
@click.argument("email")
def reset(email: str) -> None:
    """Sign EMAIL out everywhere and print the link that sets a new password, once."""
    app = _application()
    email = _cleaned(email)
    with app.app_context(), writing():
        found = _account(email)
        if found is None:
            raise Refusal(f"Nobody has an account as {email}.")
        db.session.execute(db.delete(SignIn).where(SignIn.facilitator_id == found.id))
        token = found.invite()
        lasts = "15 minutes" if found.password else "three days"
        db.session.commit()
    click.echo(f"{email} is signed out everywhere.\nWorks once, within {lasts}:\n{public_url(app)}/setup/{token}")


def _application() -> Flask:
    return application()


def _cleaned(email: str) -> str:
    email = email.strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise click.BadParameter(f"{email!r} does not look like an e-mail address.", param_hint="EMAIL")
    return email


def _account(email: str) -> Facilitator | None:
    found: Facilitator | None = db.session.scalar(db.select(Facilitator).where(Facilitator.email == email))
    return found
