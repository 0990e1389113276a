"""Over https, and on this machine, a worker keeps the pages of a phone while there is no network."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.day import Day
from tests.browser.person import People
from tests.browser.test_offline import choose, of_idea, says

KEPT = "caches.open('pages').then((shelf) => shelf.keys()).then((all) => all.map((one) => new URL(one.url).pathname))"


def is_sheltered(page: Page) -> None:
    """Until the worker looks after this page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate(KEPT)
    return found


def test_a_ballot_reloads_without_network_and_nothing_is_lost(day: Day, people: People) -> None:
    day.until("score")
    person, phone = day.participant(people, sheltered=True)
    idea = next(iter(day.ids.values()))
    address = f"/{day.code}/score/{idea}"
    person.visit(address)
    is_sheltered(person.page)
    person.visit(address)
    choose(person.page, "A", 2)
    says(person.page, "saved")
    with person.bad_network():
        person.context.set_offline(True)
        choose(person.page, "BC", 4)
        says(person.page, "waiting")
        person.page.reload()
        assert person.path == address
        for criterion in "BC":
            expect(person.page.locator(f"[name=value-{criterion}][value='4']")).to_be_checked()
        person.page.goto(f"/{day.code}/results")
        expect(person.page.locator("h1")).to_have_text("No network")
        person.page.go_back()
        person.context.set_offline(False)
        says(person.page, "saved")
    assert of_idea(day.answers(phone), idea) == {"A": "2", "B": "4", "C": "4"}


def test_the_next_person_on_a_phone_finds_no_page_of_the_one_before(day: Day, people: People) -> None:
    day.until("score")
    person, _phone = day.participant(people, sheltered=True)
    address = f"/{day.code}/score/{next(iter(day.ids.values()))}"
    person.visit(f"/{day.code}/score")
    is_sheltered(person.page)
    person.visit(address)
    person.page.wait_for_function(f"{KEPT}.then((all) => all.length > 0)")
    assert address in kept(person.page)
    person.visit(f"/{day.code}")
    person.page.locator("form[action$='/leave'] button").click()
    person.page.wait_for_url(f"**/{day.code}")
    assert kept(person.page) == [f"/{day.code}"]  # the door, which is everybody's
    with person.bad_network():
        person.context.set_offline(True)
        person.page.goto(address)
        expect(person.page.locator("h1")).to_have_text("No network")
        person.context.set_offline(False)


def test_pages_are_forgotten_once_scoring_is_over(day: Day, people: People) -> None:
    day.until("score")
    person, _phone = day.participant(people, sheltered=True)
    address = f"/{day.code}/score/{next(iter(day.ids.values()))}"
    person.visit(f"/{day.code}/score")
    is_sheltered(person.page)
    person.visit(address)
    person.page.wait_for_function(f"{KEPT}.then((all) => all.length > 0)")
    day.go_to("reveal")
    person.page.goto(address)
    person.page.wait_for_function(f"{KEPT}.then((all) => all.every((path) => !path.includes('/score')))")


def test_the_event_can_be_put_on_the_home_screen(day: Day, people: People) -> None:
    day.open_doors()
    person, _phone = day.participant(people, sheltered=True)
    person.visit(f"/{day.code}")
    wire = person.context.new_cdp_session(person.page)
    said: dict[str, Any] = wire.send("Page.getAppManifest")
    assert said["errors"] == []
    assert said["url"].endswith(f"/{day.code}/manifest.webmanifest")
    is_sheltered(person.page)
    errors = wire.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors] == ["in-incognito"]  # as every window of a test is
