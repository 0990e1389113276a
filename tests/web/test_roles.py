"""Roles by link: each may do its part and no more, and its pages offer nothing that it may not do."""

from __future__ import annotations

from facilitate.access import DEEDS
from tests.cast import Day

OFFERED = ("/console/next", "/console/links", "/console/results")


def deeds(role: str) -> set[str]:
    return {deed for deed, roles in DEEDS.items() if role in roles and "stranger" not in roles}


def test_each_role_has_its_part() -> None:
    watch = {"watch the console", "show the board"}
    assert deeds("board") == {"show the board"}
    assert deeds("observer") == watch
    assert deeds("moderator") == watch | {"moderate ideas"}
    assert deeds("scribe") == watch | {"enter for others"}
    assert deeds("host") - deeds("cohost") >= {"invite people", "set ballots apart", "rehearse"}
    assert deeds("cohost") >= watch | {"run the day", "moderate ideas", "enter for others", "export"}


def test_pages_offer_what_a_role_may_do_and_nothing_else(day: Day) -> None:
    day.until("collect")
    offers = {}
    for role in ("cohost", "moderator", "scribe", "observer"):
        invited = day.invites(role)
        pages = invited.get("~/console").text + invited.get("~/console/people").text
        offers[role] = [path for path in OFFERED if f"/{day.code}{path}" in pages]
    assert offers == {
        "cohost": ["/console/next", "/console/results"],
        "moderator": [],
        "scribe": [],
        "observer": [],
    }


def test_a_moderator_approves_and_the_log_says_in_which_role(day: Day) -> None:
    day.until("collect")
    amina = day.joins()
    amina.post("~/ideas", {"title": "Evening classes", "kind": "gap"})
    moderator = day.invites("moderator")
    moderator.post(f"~/ideas/{day.idea_ids()['Evening classes']}/show")
    assert "Moderator" in day.fay.get("~/console/log").text
