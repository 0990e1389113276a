"""Eighty phones share one access point: what a phone loads and what a tap costs stay small."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.day import TITLES, Day
from tests.browser.person import People
from tests.browser.scales import FIRST_LOAD, PER_SAVE, SCRIPTS, UP_TO_THE_BALLOT, Scales, settle


def test_the_first_load_of_a_phone_is_light(day: Day, people: People) -> None:
    """From the scanned square to the first idea on the ballot: everything a phone ever loads."""
    for language in ("en", "fr", "ar"):
        person = people.come(day.server.url, language=language)
        scales = Scales(person)
        if day.activity == "welcome":
            day.until("score")
        person.visit(f"/{day.code}")
        settle(person.page)
        door = scales.total
        assert door <= FIRST_LOAD, f"{language}: the door weighs {scales.report()}"
        assert scales.scripts <= SCRIPTS, f"{language}: the scripts of the door: {scales.report()}"
        person.page.locator("main form .button.primary").first.click()
        person.page.locator("main .button.primary").click()
        settle(person.page)
        person.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
        settle(person.page)
        assert scales.total <= UP_TO_THE_BALLOT, f"{language}: up to the ballot {scales.report()}"


def test_a_tap_costs_next_to_nothing(day: Day, people: People) -> None:
    day.until("score")
    person, phone = day.participant(people)
    scales = Scales(person)
    person.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
    settle(person.page)
    before, taps = scales.total, 10
    for row in person.page.locator("score-row").all():
        row.locator("label:has([value='4'])").click()
    expect(person.page.locator("outbox-status")).to_have_attribute("data-state", "saved")
    settle(person.page)
    assert len(day.answers(phone)) == taps
    assert (scales.total - before) / taps <= PER_SAVE, f"{(scales.total - before) / taps:.0f} bytes a tap"
