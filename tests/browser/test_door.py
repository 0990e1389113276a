"""Whoever comes too early waits at the door, and is let in without doing anything."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.day import Day
from tests.browser.person import People

A_MINUTE = 60_000


def test_the_door_opens_by_itself_for_whoever_waits_and_leaves_alone_whoever_types(day: Day, people: People) -> None:
    amina, ben = people.come(day.server.url), people.come(day.server.url)
    for person in (amina, ben):
        person.page.clock.install()
        person.visit(f"/{day.code}")
        expect(person.page.get_by_text("Stay on this page: it opens by itself.")).to_be_visible()
    ben.page.locator("details.more summary").click()
    ben.page.locator("[name=reentry]").fill("384")
    amina.page.clock.run_for(A_MINUTE)
    expect(amina.page.get_by_text("The doors are not open yet.")).to_be_visible()
    day.open_doors()
    for person in (amina, ben):
        person.page.clock.run_for(A_MINUTE)
    expect(amina.page.get_by_role("button", name="Join")).to_be_visible()
    expect(ben.page.locator("[name=reentry]")).to_have_value("384")


def test_without_script_the_door_says_to_look_again(day: Day, people: People) -> None:
    amina = people.come(day.server.url, scripts=False)
    amina.visit(f"/{day.code}")
    expect(amina.page.get_by_text("Stay on this page, or load it again in a moment.")).to_be_visible()
    expect(amina.page.get_by_text("it opens by itself")).to_be_hidden()
    day.open_doors()
    amina.page.get_by_role("link", name="Look again").click()
    expect(amina.page.get_by_role("button", name="Join")).to_be_visible()
