"""What somebody is doing on a page survives every live refresh (T30)."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.day import TITLES, Day
from tests.browser.person import People, Person

REFRESHES = 60
WITHOUT_JITTER = """
Math.random = () => 0.001;
window.refreshes = 0;
document.addEventListener("refreshed", () => { refreshes += 1; });
"""
"""A hall spreads its questions over a second and a half; here nobody else asks. Counts what really changed the page."""


def refreshes(page: Page) -> int:
    count: int = page.evaluate("window.refreshes")
    return count


def arrived(page: Page, count: int) -> None:
    page.wait_for_function("count => window.refreshes >= count", arg=count)


def is_typing(page: Page, selector: str) -> bool:
    found: bool = page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector)
    return found


def at_collecting(day: Day, people: People) -> tuple[Person, str]:
    """Somebody who has sent one idea already and begins another; what becomes of the first changes their page."""
    day.until("collect")
    person, phone = day.participant(people)
    day.send_ideas(["My first idea"], author=phone)
    person.context.add_init_script(WITHOUT_JITTER)
    person.visit(f"/{day.code}")
    return person, day.ids["My first idea"]


def change_the_page(day: Day, idea: str, turn: int) -> None:
    """The host shows or hides the first idea, and starts or stops the timer, which nudges every phone."""
    if turn % 2:
        day.host.hide(idea, "not-about-services")
        day.press("timer", minutes="20")
    else:
        day.host.show(idea)
        day.press("timer/stop")


def test_an_idea_half_typed_survives_sixty_refreshes(day: Day, people: People) -> None:
    person, idea = at_collecting(day, people)
    page = person.page
    page.locator("label", has=page.locator("[name=sector]")).nth(2).click()
    page.locator("label", has=page.locator("[name=kind][value=issue]")).click()
    for name in ("details", "evidence-0-text"):
        page.locator("details", has=page.locator(f"[name={name}]")).locator("summary").click()
    page.locator("[name=details]").fill("Every week somebody asks.")
    page.locator("[name=evidence-0-type]").select_option("report")
    page.locator("[name=title]").focus()
    words = "Buses that run after the late shift, every day"
    sector = page.locator("[name=sector]:checked").input_value()
    for turn in range(1, REFRESHES + 1):
        change_the_page(day, idea, turn)
        if turn <= len(words):
            page.keyboard.type(words[turn - 1])
        if turn % 10:  # most refreshes come while the page is asked in the very moment of typing
            page.evaluate("document.querySelector('live-section').refresh()")
        arrived(page, turn)
    assert refreshes(page) >= REFRESHES
    assert is_typing(page, "[name=title]")
    expect(page.locator("[name=title]")).to_have_value(words)
    expect(page.locator("[name=details]")).to_have_value("Every week somebody asks.")
    expect(page.locator("[name=details]")).to_be_visible()
    expect(page.locator("[name=evidence-0-type]")).to_have_value("report")
    assert page.locator("[name=sector]:checked").input_value() == sector
    assert page.locator("[name=kind]:checked").input_value() == "issue"
    page.locator("form[data-draft=idea] .button.primary").click()
    expect(page.locator("#my-ideas .idea-title").first).to_have_text(words)


def test_a_choice_on_the_ballot_survives_what_the_host_does(day: Day, people: People) -> None:
    day.until("score")
    person, phone = day.participant(people)
    person.context.add_init_script(WITHOUT_JITTER)
    page = person.page
    person.visit(f"/{day.code}/score/{day.ids[TITLES[0]]}")
    with person.bad_network():
        person.context.set_offline(True)
        page.locator("score-row[criterion=B] label:has([value='5'])").click()
        for _ in range(5):
            page.evaluate("document.querySelector('live-section').refresh()")
        person.context.set_offline(False)
        for turn in range(5):
            day.press("timer/stretch", minutes=str(1 + turn % 2))
            page.wait_for_timeout(260)
    assert page.locator("score-row[criterion=B] :checked").input_value() == "5"
    expect(page.locator("outbox-status")).to_have_attribute("data-state", "saved")
    assert list(day.answers(phone).values()) == ["5"]


def test_the_hosts_choice_of_a_reason_survives_new_ideas(day: Day, people: People) -> None:
    day.until("collect")
    (author,) = day.join()
    day.send_ideas(["The first to sort"], author=author)
    console = day.console(people)
    console.context.add_init_script(WITHOUT_JITTER)
    page = console.page
    console.visit(f"/{day.code}/console/ideas?tab=waiting")
    card = page.locator(f"#idea-{day.ids['The first to sort']}")
    card.locator("details", has=page.locator("[name=reason]")).locator("summary").click()
    card.locator("[name=reason]").select_option("names-someone")
    card.locator("[name=note]").focus()
    words = "Please say it without the name."
    for turn, letter in enumerate(words, 1):
        author.submit([("title", f"New idea {turn}"), ("kind", "gap")])
        page.keyboard.type(letter)
        page.evaluate("document.querySelector('live-section').refresh()")
        if turn % 5 == 0:
            expect(page.locator("article.sorted")).to_have_count(turn + 1)
    assert is_typing(page, "[name=note]")
    expect(card.locator("[name=note]")).to_have_value(words)
    expect(card.locator("[name=reason]")).to_have_value("names-someone")
    assert refreshes(page) >= len(words) // 2
    card.locator("form[action*='/hide'] button").click()
    expect(page.locator(f"#idea-{day.ids['The first to sort']}")).to_have_count(0)
