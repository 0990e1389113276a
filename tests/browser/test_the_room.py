"""One console, one board and three phones at once, in three languages, from the door to the results."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.day import ENOUGH, Day
from tests.browser.person import LANGUAGES, People, Person

IDEAS = {
    "en": "Evening classes with child minding",
    "fr": "Un guichet francophone à Chatham",
    "ar": "دروس مسائية مع رعاية الأطفال",
}
MOST_TAPS = 3


def come_in(day: Day, people: People, language: str) -> Person:
    """Scan the square, say who one is, join, go on: three taps, and nothing to type."""
    person = people.come(day.server.url, language=language)
    person.visit(f"/{day.code}")
    page = person.page
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    person.tap(page.locator("label", has=page.locator("[name=group]")).first)
    person.tap("main .button.primary")
    expect(page.locator(".big-code")).to_be_visible()
    person.tap("main .button.primary")
    expect(page.locator("#now")).to_have_attribute("data-activity", "welcome")
    assert person.taps <= MOST_TAPS
    return person


def press_next(console: Person) -> None:
    step = console.page.locator("[data-step=next]")
    version = step.locator("[name=version]").input_value()
    step.locator("button").click()
    expect(console.page.locator(f"[data-step=next] [name=version][value='{version}']")).to_have_count(0)


def is_at(phones: list[Person], activity: str) -> None:
    """The phones move on by themselves."""
    for phone in phones:
        expect(phone.page.locator("#now")).to_have_attribute("data-activity", activity)


def send(phone: Person, title: str) -> None:
    page = phone.page
    page.locator("[name=title]").fill(title)
    page.locator("label", has=page.locator("[name=sector]")).first.click()
    page.locator("form[data-draft=idea] .button.primary").click()
    expect(page.locator("#my-ideas .idea-title").first).to_have_text(title)


def approve(console: Person, title: str) -> None:
    console.page.locator("article.sorted", has_text=title).locator("form[action*='/show'] button").click()


def score_everything(phone: Person, value: int) -> None:
    """Tap through the whole ballot; the last page leads to the overview."""
    page = phone.page
    page.locator("#now a[href*='/score/']").first.click()
    while "/score/" in phone.path:
        for row in page.locator("score-row").all():
            row.locator(f"label:has([value='{value}'])").click()
        expect(page.locator("outbox-status")).to_have_attribute("data-state", "saved")
        page.locator(".phone-foot .button.primary").click()
        page.wait_for_load_state()


def test_a_room_of_three_languages_from_the_door_to_the_results(day: Day, people: People) -> None:
    console, board = day.console(people), day.board(people)
    board.page.evaluate("window.neverLoadedAgain = true")
    expect(board.page.locator("#board-lobby")).to_be_visible()

    press_next(console)
    phones = [come_in(day, people, language) for language in LANGUAGES]
    expect(board.page.locator(".strip-here")).to_contain_text("3")

    press_next(console)
    is_at(phones, "collect")
    for phone, title in zip(phones, IDEAS.values(), strict=True):
        send(phone, title)
    send(phones[0], "Mrs K. was put out by her landlord")
    expect(board.page.locator("#board-wall")).to_be_visible()
    expect(board.page.locator(".wall-card")).to_have_count(0)

    sort_live(console, board)

    press_next(console)
    is_at(phones, "sort")
    phones[0].page.reload()
    expect(phones[0].page.locator("#my-ideas [data-state=hidden]")).to_be_visible()

    press_next(console)
    is_at(phones, "score")
    for value, phone in enumerate(phones, 3):
        score_everything(phone, value)
    day.score(ENOUGH)  # authors do not score their own ideas, so three phones are too few for a ranking
    shows_progress_only(board)
    assert all(len(day_scores) == 30 for day_scores in ballots(day))

    press_next(console)
    for phone in phones:
        expect(phone.page.locator("#now")).to_have_attribute("data-activity", "reveal")
        expect(phone.page.locator("a[href$='/results']")).to_have_count(0)
    shows_progress_only(board)

    press_next(console)
    expect(board.page.locator("#board-reveal .ranked")).to_have_count(len(IDEAS))
    for phone in phones:
        phone.page.locator("#now a[href$='/results']").click()
        expect(phone.page.locator("#results li.result")).to_have_count(len(IDEAS))
    assert board.page.evaluate("window.neverLoadedAgain")


def sort_live(console: Person, board: Person) -> None:
    """What the host approves is on the wall at once; what is set aside never is."""
    console.visit(f"{console.path}/ideas?tab=waiting")
    for number, title in enumerate(IDEAS.values(), 1):
        approve(console, title)
        expect(board.page.locator(".wall-card", has_text=title)).to_be_visible()
        expect(board.page.locator(".wall-card")).to_have_count(number)
    card = console.page.locator("article.sorted").first
    card.locator("summary").last.click()
    card.locator("[name=reason]").select_option("names-someone")
    card.locator("form[action*='/hide'] button").click()
    expect(console.page.locator("article.sorted")).to_have_count(0)
    assert board.page.locator(".wall-card").count() == len(IDEAS)
    console.visit(console.path.removesuffix("/ideas"))


def shows_progress_only(board: Person) -> None:
    expect(board.page.locator("#board-progress")).to_be_visible()
    words = board.page.locator("body").inner_text()
    assert not any(title in words for title in IDEAS.values())
    assert board.page.locator(".ranked, .rank, .points").count() == 0


def ballots(day: Day) -> list[dict[tuple[str, str | None], str | None]]:
    return [day.answers(phone) for phone in day.phones]
