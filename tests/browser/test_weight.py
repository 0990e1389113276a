"""Eighty phones share one access point: what a phone loads and what a tap costs stay small."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.day import TITLES, Day
from tests.browser.person import People, Person

FIRST_LOAD, UP_TO_THE_BALLOT, PER_SAVE = 100 * 1024, 125 * 1024, 2 * 1024
"""Bytes on the wire."""


class Scales:
    """Counts every byte that one page receives and sends, as Chromium's own network layer saw it."""

    def __init__(self, person: Person) -> None:
        self.names: dict[str, str] = {}
        self.weights: dict[str, int] = {}
        self.frames = 0
        self.wire: CDPSession = person.context.new_cdp_session(person.page)
        self.wire.on("Network.responseReceived", self._named)
        self.wire.on("Network.loadingFinished", self._weighed)
        self.wire.on("Network.webSocketFrameSent", self._framed)
        self.wire.on("Network.webSocketFrameReceived", self._framed)
        self.wire.send("Network.enable")

    def _named(self, said: dict[str, Any]) -> None:
        self.names[said["requestId"]] = said["response"]["url"].rsplit("/", 1)[-1]

    def _weighed(self, said: dict[str, Any]) -> None:
        self.weights[said["requestId"]] = int(said["encodedDataLength"])

    def _framed(self, said: dict[str, Any]) -> None:
        self.frames += len(said["response"]["payloadData"].encode()) + 6  # and the frame around it

    @property
    def total(self) -> int:
        return sum(self.weights.values()) + self.frames

    def report(self) -> str:
        heaviest = sorted(((weight, self.names.get(one, "?")) for one, weight in self.weights.items()), reverse=True)
        lines = [f"{weight / 1024:7.1f} KiB  {name}" for weight, name in heaviest if weight]
        return "\n".join([f"{self.total / 1024:.1f} KiB in all", *lines])


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(200)


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
