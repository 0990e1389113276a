"""Without a mouse: the keyboard alone runs the console and scores a ballot, and the focus is always in sight."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.day import TITLES, Day
from tests.browser.person import SMALL_PHONE, People, Person


def press_until(page: Page, selector: str, key: str = "Tab", most: int = 60) -> None:
    """Press a key until the focus is there, as somebody without a mouse does; it must be seen where it is."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            assert is_seen(page), f"the focus on {selector} is hidden"
            return
    raise AssertionError(f"{key} never came to {selector}")


def is_seen(page: Page) -> bool:
    """Is the middle of what has the focus on the screen, and nothing else in front of it?"""
    found: bool = page.evaluate(
        """() => {
          const focused = document.activeElement;
          const box = focused.getBoundingClientRect();
          const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
          const there = document.elementFromPoint(x, y);
          return there !== null && (focused.contains(there) || there.contains(focused) && !there.matches("body, html"));
        }"""
    )
    return found


def test_the_keyboard_alone_runs_the_day(day: Day, people: People) -> None:
    console = day.console(people)
    page = console.page
    button = "[data-step=next] button"
    for expected in ("welcome", "collect", "sort", "score", "reveal", "reveal"):
        version = page.locator("[data-step=next] [name=version]").input_value()
        press_until(page, button)
        page.keyboard.press("Enter")
        expect(page.locator(f"[data-step=next] [name=version][value='{version}']")).to_have_count(0)
        assert day.activity == expected
        if expected == "collect":
            day.send_ideas(TITLES[:1])
            page.reload()
        if expected == "sort":
            approve_by_keyboard(console, day)
        if expected == "score":
            day.score()
    assert day.host.export("ranking.csv").status == 200


def approve_by_keyboard(console: Person, day: Day) -> None:
    page = console.page
    press_until(page, "nav a[href$='/ideas']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ideas*")
    press_until(page, "form[action*='/show'] button")
    page.keyboard.press("Enter")
    expect(page.locator("form[action*='/show']")).to_have_count(0)
    press_until(page, "nav a[href$='/console']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console")


def test_the_keyboard_alone_scores_a_ballot(day: Day, people: People) -> None:
    day.until("score")
    person, phone = day.participant(people, size=SMALL_PHONE)
    person.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
    page = person.page
    for place, criterion in enumerate("ABCDEFGHIJ"):
        press_until(page, f"[name=value-{criterion}]")
        page.keyboard.press("Space")
        for _ in range(place % 5):
            page.keyboard.press("ArrowRight")
        assert is_seen(page)
    expect(page.locator("outbox-status")).to_have_attribute("data-state", "saved")
    idea = day.ids[TITLES[0]]
    assert day.answers(phone) == {(idea, one): str(1 + place % 5) for place, one in enumerate("ABCDEFGHIJ")}
    press_until(page, ".phone-foot .button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: idea not in url)


FOCUSED = "selector => document.activeElement?.matches(selector) ?? false"


def test_each_criterion_is_one_stop_and_arrows_lead_through_its_levels(day: Day, people: People) -> None:
    day.until("score")
    person, _ = day.participant(people, size=SMALL_PHONE)
    person.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
    page = person.page
    press_until(page, "[name=value-A]")
    for place, criterion in enumerate("ABCDEFGHIJ"):
        assert page.evaluate(FOCUSED, f"[name=value-{criterion}]")
        if place % 2:  # a stop whether it is answered or not
            page.keyboard.press("Space")
            page.keyboard.press("ArrowRight")
            assert page.evaluate(FOCUSED, f"[name=value-{criterion}][value='2']:checked")
        page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED, ".stake input")


def test_what_is_saved_is_said_politely_and_in_one_place(day: Day, people: People) -> None:
    """A screen reader hears a change of words in a place that it knows, and no place that comes and goes."""
    day.until("score")
    person, _ = day.participant(people, language="fr")
    person.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
    status = person.page.locator("outbox-status")
    expect(status).to_have_attribute("data-state", "saved")
    assert (status.get_attribute("role"), status.get_attribute("aria-live")) == ("status", "polite")
    status.evaluate(
        """place => {
          window.heard = [];
          new MutationObserver(() => heard.push(place.innerText)).observe(place, { childList: true, subtree: true });
        }"""
    )
    press_until(person.page, "[name=value-A]")
    person.page.keyboard.press("Space")
    person.page.wait_for_function("() => heard.length > 1")
    assert person.page.evaluate("heard.at(-1)") == "Enregistré"
    assert person.page.evaluate(FOCUSED, "[name=value-A]"), "and the focus stays where it is"


def test_the_focus_stays_where_it_is_while_the_room_goes_on(day: Day, people: People) -> None:
    day.until("collect")
    console = day.console(people)
    page = console.page
    for place in ("nav a[href$='/people']", "[data-step=next] button", "[data-step=back] button"):
        press_until(page, place)
        page.evaluate("document.addEventListener('refreshed', () => { window.refreshed = true; }, { once: true })")
        day.send_ideas([f"Something new for {place}"])
        page.wait_for_function("() => window.refreshed")
        page.evaluate("window.refreshed = false")
        assert page.evaluate(FOCUSED, place), f"the focus was taken from {place}"
