"""The timer on people's screens: the server's, whatever the clock of the phone says, and in step when it changes."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.browser.day import Day
from tests.browser.person import LAPTOP, People, Person

WRONG_CLOCK = """
(() => {
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...said) { said.length ? super(...said) : super(Right.now() + MINUTES * 60000); }
    static now() { return Right.now() + MINUTES * 60000; }
  };
})();
"""


def left(person: Person, where: str = "count-down") -> int:
    """The seconds that this screen shows."""
    minutes, seconds = person.page.locator(where).first.inner_text().split(":")
    return 60 * int(minutes) + int(seconds)


@pytest.mark.parametrize("minutes", [-10, 0, 10])
def test_a_phone_whose_clock_is_wrong_shows_the_right_time(day: Day, people: People, minutes: int) -> None:
    day.until("collect")
    day.press("timer", minutes="30")
    phone, _ = day.participant(people)
    phone.context.add_init_script(WRONG_CLOCK.replace("MINUTES", str(minutes)))
    phone.visit(f"/{day.code}")
    off = phone.page.evaluate("Date.now()") / 1000 - time.time()
    assert round(off / 60) == minutes, "the control: this phone's clock is wrong"
    expect(phone.page.locator("count-down")).not_to_have_text("30:00")
    assert 30 * 60 - 60 < left(phone) < 30 * 60


def test_a_minute_more_and_a_pause_arrive_on_an_open_phone(day: Day, people: People) -> None:
    day.until("collect")
    day.press("timer/stop")
    phone, _ = day.participant(people)
    phone.visit(f"/{day.code}")
    expect(phone.page.locator("count-down")).to_have_count(0)
    day.press("timer", minutes="5")
    expect(phone.page.locator("count-down")).to_be_visible()
    day.press("timer/stretch", minutes="20")
    expect(phone.page.locator("count-down")).to_contain_text("24:")
    day.press("timer/pause")
    expect(phone.page.locator("count-down[paused]")).to_be_visible()
    stands = left(phone)
    phone.page.wait_for_timeout(1200)
    assert left(phone) == stands


def test_where_the_host_chose_so_the_room_moves_on_at_zero_and_a_minute_more_opens_it_again(
    day: Day, people: People
) -> None:
    day.until("collect")
    day.press("timer", minutes="5")
    phone, _ = day.participant(people)
    phone.visit(f"/{day.code}")
    console = day.console(people, size=LAPTOP)
    page = console.page
    page.get_by_role("button", name="Close at zero").click()
    expect(page.get_by_role("button", name="Close at zero")).to_have_attribute("aria-pressed", "true")
    day.press("timer/stretch", minutes="-60")
    expect(page.locator("h1")).to_contain_text("Sort")
    expect(page.locator(".timer-card")).to_contain_text("The timer reached zero and closed “Collect ideas”.")
    expect(phone.page.locator("[data-activity=sort]")).to_be_visible()
    page.get_by_role("button", name="Open it again for 1 minute").click()
    expect(page.locator("h1")).to_contain_text("Collect ideas")
    expect(phone.page.locator("[data-activity=collect]")).to_be_visible()
    expect(phone.page.locator("count-down")).to_contain_text("00:")
