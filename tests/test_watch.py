"""Who may no longer be here is sent away, although another process said so (A8)."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from facilitate.extensions import db, socketio
from facilitate.machine import DISK_IS_LOW
from facilitate.models import Capability, Facilitator, Membership, SignIn, now
from facilitate.watch import Watch
from tests.cast import Browser, Day
from tests.real.phones import wait_for

TWENTY = 20


def sockets(app: Flask, day: Day, browser: Browser, section: str, count: int = 1) -> list[Any]:
    auth = {"event": day.code, "section": section}
    opened = [socketio.test_client(app, flask_test_client=browser.client, auth=auth) for _ in range(count)]
    assert all(one.is_connected() for one in opened)
    return opened


def elsewhere(app: Flask, *statements: Any) -> None:
    """What a command in another process writes: nobody here is told."""
    with app.app_context(), db.engine.begin() as database:
        for statement in statements:
            database.execute(statement)


@pytest.fixture
def dina(app: Flask, day: Day) -> Browser:
    """A host with an account."""
    with day.event() as event:
        facilitator = Facilitator(email="dina@example.org")
        entry, token = SignIn.of(facilitator)
        db.session.add_all([facilitator, entry])
        db.session.flush()
        db.session.add(Membership(event_id=event.id, facilitator_id=facilitator.id))
        db.session.commit()
    dina = day.browser()
    with dina.client.session_transaction() as cookie:
        cookie["sign_in"] = token
    return dina


def test_a_reset_account_is_sent_away(app: Flask, day: Day, dina: Browser) -> None:
    opened = sockets(app, day, dina, "console", TWENTY)
    watch = Watch(app)
    watch.look()
    assert [one.is_connected() for one in opened] == [True] * TWENTY
    elsewhere(app, delete(SignIn))
    assert [one.is_connected() for one in opened] == [True] * TWENTY  # the control: without a look nobody goes
    watch.look()
    assert [one.is_connected() for one in opened] == [False] * TWENTY


def test_a_sign_in_that_is_over_ends_its_sockets(app: Flask, day: Day, dina: Browser) -> None:
    opened = sockets(app, day, dina, "console")
    elsewhere(app, update(SignIn).values(began_at=now().replace(year=2018)))
    Watch(app).look()
    assert not opened[0].is_connected()


def test_a_revoked_link_is_sent_away_and_nobody_else(app: Flask, day: Day) -> None:
    amina = day.until("welcome").joins()
    board, console, phone = (
        sockets(app, day, browser, section)[0]
        for browser, section in ((day.board(), "board"), (day.fay, "console"), (amina, "phone"))
    )
    elsewhere(app, update(Capability).where(Capability.role == "board").values(revoked_at=now()))
    assert board.is_connected()  # the control
    Watch(app).look()
    assert [one.is_connected() for one in (board, console, phone)] == [False, True, True]


def test_consoles_hear_that_the_disk_fills_up(app: Flask, day: Day) -> None:
    (console,) = sockets(app, day, day.fay, "console")
    watch, nudger = Watch(app), app.extensions["pulse"].nudger
    watch.look()
    wait_for(lambda: not nudger.pending)
    console.get_received()
    app.extensions["machine"].enough = 2**62
    watch.look()
    watch.look()
    wait_for(lambda: not nudger.pending)
    assert [said["args"] for said in console.get_received()] == [["console"]]
    assert DISK_IS_LOW in day.fay.get("~/console").text
