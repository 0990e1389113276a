"""Every route and every socket event has its deed, and every deed its people: the whole matrix is asked."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import Rule

from facilitate import live
from facilitate.access import DEEDS, WHILE_OPEN
from facilitate.activities import ACTIVITIES
from facilitate.pulse import server
from tests.cast import Browser, Day

FILLED = {
    "idea_id": "missing",
    "link_id": "missing",
    "ballot_id": "missing",
    "letter": "A",
    "ticket": "missing",
    "token": "missing",
    "name": "ranking.csv",
    "version": "v",
    "path": "x",
}
"""Something for every other variable part of an address."""

BELOW_EVENT = "<code:code>"
AT_THE_DOOR = {"/<code:code>", "/<code:code>/board", "/<code:code>/re-enter", "/<code:code>/enter/<token>"}
"""Addresses of an event that a stranger may ask for."""


def rules(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def deed_of(app: Flask, rule: Rule) -> str:
    return getattr(app.view_functions[rule.endpoint], "deed", "")


def undeclared(app: Flask) -> list[str]:
    return [f"{method} {rule.rule}" for rule, method in rules(app) if deed_of(app, rule) not in DEEDS]


def test_every_route_declares_its_deed(app: Flask) -> None:
    assert undeclared(app) == []


def test_a_route_without_a_deed_is_reported(app: Flask) -> None:
    app.view_functions["forgotten"] = lambda: "open to all"
    app.url_map.add(Rule("/forgotten", endpoint="forgotten", methods=["GET"]))
    assert undeclared(app) == ["GET /forgotten"]


def test_every_socket_event_has_its_deed(app: Flask) -> None:
    assert set(server().handlers["/"]) == set(live.EVENTS)
    assert set(live.EVENTS.values()) <= set(DEEDS)
    assert set(live.AUDIENCES.values()) <= set(DEEDS)


def test_deeds_that_need_an_open_activity_are_offered_by_one() -> None:
    offered = {deed for kind in ACTIVITIES.values() for deed in kind.offers}
    assert offered == WHILE_OPEN
    assert offered <= set(DEEDS)


@pytest.fixture
def roles(app: Flask, day: Day) -> dict[str, Browser]:
    """One browser for each role, in an event where scoring is open; and people of another event."""
    day.until("welcome")
    participant = day.joins()
    day.scoring("Evening classes")
    invited = {role: day.invites(role) for role in ("observer", "cohost", "moderator", "scribe")}
    other = Day.of(app).until("welcome")
    return {
        "stranger": day.browser(),
        "participant": participant,
        "board": day.board(),
        **invited,
        "host": day.fay,
        "participant of another event": other.joins(),
        "host of another event": other.fay,
    }


def ask(browser: Browser, rule: Rule, method: str, code: str) -> int:
    address = rule.rule.replace("<code:code>", code).replace("<path:path>", "<path>")
    for name, value in FILLED.items():
        address = address.replace(f"<{name}>", value)
    headers = {"Sec-Fetch-Site": "same-origin"}
    return browser.client.open(address, method=method, headers=headers).status_code


def may(role: str, deed: str) -> bool:
    return role in DEEDS[deed] or "stranger" in DEEDS[deed]


def test_nobody_gets_further_than_their_role_allows(app: Flask, day: Day, roles: dict[str, Browser]) -> None:
    wrong = []
    for rule, method in rules(app):
        if BELOW_EVENT not in rule.rule or (rule.rule, method) == ("/<code:code>", "POST"):
            continue  # the second is joining itself: a stranger would be none afterwards
        deed = deed_of(app, rule)
        for role, browser in roles.items():
            status = ask(browser, rule, method, day.code)
            if status >= 500:
                wrong.append(f"{role}: {method} {rule.rule} broke with {status}")
            if not may(role.split(" of ")[0], deed) or " of " in role:
                allowed_anyway = rule.rule in AT_THE_DOOR or "stranger" in DEEDS[deed]
                if status < 400 and not allowed_anyway:
                    wrong.append(f"{role} got {status} from {method} {rule.rule}")
        day.fay.get("~/console")  # the host stays the host, whatever was asked
    assert wrong == []


def test_a_missing_event_and_a_foreign_one_give_the_same_answer(day: Day, roles: dict[str, Browser]) -> None:
    stranger = roles["participant of another event"]
    missing = stranger.get("/99999999/board", status=404)
    assert stranger.get("/99999999", status=404).text == missing.text.replace("/99999999/board", "/99999999")
    foreign = stranger.get(f"/{day.code}/score/whatever", status=403).text
    assert foreign.replace("/score/whatever", "/results") == stranger.get(f"/{day.code}/results", status=403).text


def test_a_foreign_idea_and_a_missing_one_give_the_same_answer(app: Flask, day: Day) -> None:
    other = Day.of(app)
    other.scoring("Theirs")
    day.scoring("Ours")
    foreign = other.idea_ids()["Theirs"]
    missing = "A" * len(foreign)
    one = day.fay.post(f"~/ideas/{foreign}/show", {}, status=404).text
    assert one.replace(foreign, missing) == day.fay.post(f"~/ideas/{missing}/show", {}, status=404).text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/x"},
    ],
)
def test_what_other_sites_post_is_refused_everywhere(app: Flask, day: Day, headers: dict[str, str]) -> None:
    """A10: no unsafe route takes a request that does not come from our own pages."""
    for rule, method in rules(app):
        if method == "GET":
            continue
        address = rule.rule.replace("<code:code>", day.code)
        for name, value in FILLED.items():
            address = address.replace(f"<{name}>", value)
        status = day.fay.client.open(address, method=method, headers=headers).status_code
        assert status == 403, f"{method} {rule.rule}: {status}"


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {"Referer": "http://localhost/x"}]
)
def test_what_our_own_pages_post_is_taken(day: Day, headers: dict[str, str]) -> None:
    assert day.fay.client.post(f"/{day.code}/console/open", data={"version": 1}, headers=headers).status_code == 303


def test_a_form_with_a_field_it_does_not_know_is_refused(day: Day) -> None:
    day.fay.post("~/console/open", {"version": "1", "role": "host"}, status=400)
    day.open_doors()
    day.browser().post("~", {"group": "", "channel": "paper"}, status=400)


def test_a_revoked_link_opens_nothing(day: Day) -> None:
    board = day.board()
    assert 'data-section="board"' in board.get("~/board").text
    with day.event() as event:
        from facilitate.extensions import db
        from facilitate.models import Capability

        link = db.session.scalars(
            db.select(Capability).where(Capability.event_id == event.id, Capability.role == "board")
        ).one()
        public = link.public_id
    day.fay.post(f"~/console/links/{public}/revoke", {})
    day.browser().get("/" + day.links["board_url"].split("/", 3)[3], status=404)
    assert "data-live" not in board.get("~/board").text
