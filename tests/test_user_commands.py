"""`facilitate user add` and `facilitate user reset`: links that work once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from facilitate.cli import main
from facilitate.database import reading, writing
from facilitate.extensions import db
from facilitate.models import Facilitator, SignIn
from facilitate.models.account import token_hash

FAY = "fay@example.org"


def user(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(
        main,
        ["user", *arguments],
        env={"FACILITATE_INSTANCE": app.config["INSTANCE"], "FACILITATE_PUBLIC_URL": "https://plan.example.org"},
    )


def token(done: Result) -> str:
    assert done.exit_code == 0, done.output
    found = re.search(r"^https://plan\.example\.org/setup/([\w-]{43})$", done.stdout, re.MULTILINE)
    assert found, done.stdout
    return found[1]


def account(app: Flask) -> Facilitator:
    with app.app_context():
        found: Facilitator = db.session.scalars(db.select(Facilitator).where(Facilitator.email == FAY)).one()
        return found


def with_password(app: Flask, *, invited_ago: timedelta = timedelta()) -> None:
    with app.app_context(), writing():
        found = db.session.scalars(db.select(Facilitator).where(Facilitator.email == FAY)).one()
        if found.password is None:
            found.choose_password("hashed")
            db.session.add(SignIn.of(found)[0])
        elif found.invited_at:
            found.invited_at -= invited_ago
        db.session.commit()


def test_a_new_account(app: Flask) -> None:
    first = token(user(app, "add", " Fay@Example.org"))
    second = token(user(app, "add", FAY))
    assert first != second
    assert account(app).invitation == token_hash(second)
    assert account(app).password is None


def test_an_account_that_is_there_already(app: Flask) -> None:
    user(app, "add", FAY)
    with_password(app)
    done = user(app, "add", FAY)
    assert done.exit_code == 1
    assert done.stderr == f"facilitate: {FAY} has an account already. For a new password: facilitate user reset {FAY}\n"
    assert account(app).invitation is None


def test_a_reset_signs_out_everywhere_and_keeps_the_password_until_there_is_a_new_one(app: Flask) -> None:
    user(app, "add", FAY)
    with_password(app)
    done = user(app, "reset", FAY)
    assert account(app).invitation == token_hash(token(done))
    assert account(app).password == "hashed"
    assert "within 15 minutes" in done.stdout
    with app.app_context():
        assert db.session.scalars(db.select(SignIn)).all() == []


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (16, 404)])
def test_a_reset_link_lasts_a_quarter_of_an_hour(app: Flask, minutes: int, status: int) -> None:
    user(app, "add", FAY)
    with_password(app)
    link = token(user(app, "reset", FAY))
    with_password(app, invited_ago=timedelta(minutes=minutes))
    app.config["HOSTS"] = frozenset({"localhost"})
    token_of_reading = reading.set(True)
    try:
        assert app.test_client().get(f"/setup/{link}").status_code == status
    finally:
        reading.reset(token_of_reading)


def test_nobody_by_this_name(app: Flask) -> None:
    done = user(app, "reset", "nobody@example.org")
    assert done.exit_code == 1
    assert done.stderr == "facilitate: Nobody has an account as nobody@example.org.\n"


def test_this_is_no_address(app: Flask) -> None:
    done = user(app, "add", "fay")
    assert done.exit_code == 2
    assert "does not look like an e-mail address" in done.stderr
