"""Facilitators' accounts: the set-up link, signing in and out, and who guesses in vain."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from facilitate.extensions import db
from facilitate.models import Facilitator
from facilitate.web.account import NOBODY, hasher
from tests.cast import Browser

EMAIL, PASSWORD = "fay@example.org", "a calm sentence of mine"


@pytest.fixture
def invite(app: Flask) -> Callable[[], str]:
    """The path of a new set-up link."""

    def make() -> str:
        with app.app_context():
            somebody = db.session.scalar(db.select(Facilitator)) or Facilitator(email=EMAIL)
            db.session.add(somebody)
            token = somebody.invite()
            db.session.commit()
        return f"/setup/{token}"

    return make


@pytest.fixture
def fay(app: Flask, invite: Callable[[], str]) -> Browser:
    """Fay, signed in on her laptop."""
    laptop = Browser(app)
    laptop.post(invite(), {"email": EMAIL, "password": PASSWORD})
    return laptop


def sign_in(
    browser: Browser, password: str = PASSWORD, status: int = 303, email: str = EMAIL, address: str = ""
) -> str:
    environ = {"REMOTE_ADDR": address} if address else {}
    response = browser.post(
        "/sign-in", {"email": email, "password": password}, status=status, environ_overrides=environ
    )
    return response.text


def test_the_set_up_link_makes_an_account_and_works_once(app: Flask, invite: Callable[[], str]) -> None:
    link, laptop = invite(), Browser(app)
    laptop.get(link)
    laptop.post(link, {"email": EMAIL, "password": PASSWORD})
    assert "Your events" in laptop.get("/events").text
    Browser(app).get(link, status=404)


@pytest.mark.parametrize("password", ["short", "            ", "password1234", "aaaaaaaaaaaaaaaa"])
def test_a_password_that_is_easy_to_guess_is_refused(app: Flask, invite: Callable[[], str], password: str) -> None:
    link, laptop = invite(), Browser(app)
    laptop.post(link, {"email": EMAIL, "password": password}, status=400)
    laptop.get("/events", status=303)


def test_an_event_is_made_from_the_preset_in_the_browser(fay: Browser) -> None:
    made = fay.post("/events", {"preset": "ircc-planning-day", "title": "Our own day", "language": "en"})
    assert "Our own day" in fay.get(made.location).text
    assert "Our own day" in fay.get("/events").text


def test_a_new_event_is_in_a_year_that_can_be_counted_with(fay: Browser) -> None:
    for far in ("9999-12-31", "1999-12-31"):
        page = fay.post("/events", {"preset": "ircc-planning-day", "title": "Kept", "starts_on": far}, status=400).text
        assert "between the years 2000 and 2100" in page
        assert 'value="Kept"' in page


def test_signing_out_ends_it_for_a_copied_cookie_too(fay: Browser, app: Flask) -> None:
    cookie = fay.client.get_cookie("facilitate")
    assert cookie is not None
    thief = Browser(app)
    thief.client.set_cookie("facilitate", cookie.value)
    thief.get("/events")
    fay.post("/sign-out", {})
    thief.get("/events", status=303)


def test_a_new_password_ends_every_sign_in(fay: Browser, app: Flask, invite: Callable[[], str]) -> None:
    Browser(app).post(invite(), {"email": EMAIL, "password": "another calm sentence"})
    fay.get("/events", status=303)


def test_nobody_learns_which_addresses_have_an_account(fay: Browser, app: Flask) -> None:
    known = sign_in(Browser(app), "wrong password", status=403)
    unknown = sign_in(Browser(app), "wrong password", status=403, email="nobody@example.org")
    assert known.replace(EMAIL, "") == unknown.replace("nobody@example.org", "")


def test_a_thousand_guesses_from_one_place_are_hardly_looked_at(fay: Browser, app: Flask) -> None:
    thief = Browser(app)
    looked_at = sum(
        thief.client.post(
            "/sign-in",
            data={"email": EMAIL, "password": f"guess number {number}"},
            headers={"Sec-Fetch-Site": "same-origin"},
            environ_overrides={"REMOTE_ADDR": "192.0.2.66"},
        ).status_code
        == 403
        for number in range(1000)
    )
    assert looked_at == 5
    sign_in(Browser(app), address="192.0.2.7")


def test_guesses_from_everywhere_do_not_lock_the_owner_out_of_her_own_laptop(fay: Browser, app: Flask) -> None:
    sign_in(fay)
    for number in range(40):
        Browser(app).client.post(
            "/sign-in",
            data={"email": EMAIL, "password": "guessed wrongly"},
            headers={"Sec-Fetch-Site": "same-origin"},
            environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"},
        )
    sign_in(Browser(app), status=429)
    sign_in(fay)


@pytest.mark.parametrize("onward", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(fay: Browser, onward: str) -> None:
    assert fay.post("/sign-in", {"email": EMAIL, "password": PASSWORD, "next": onward}).location == "/events"
    assert fay.post("/language", {"language": "fr", "next": onward}).location == "/"


def test_an_unknown_address_takes_as_long_as_a_known_one() -> None:
    """Its password is looked at too, and as hard as a new one is made."""
    assert not hasher.check_needs_rehash(NOBODY)
    assert hasher.verify(NOBODY, "nobody has this password")
