"""The host brings everyone to what is open now: from wherever they are, without losing a word."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.day import TITLES, Day
from tests.browser.person import People, Person

HALF = "A bus that also runs when the"


def about_to_call(day: Day, people: People, phones: int) -> Person:
    """A page says first what will happen, and to how many."""
    console = day.console(people)
    console.page.locator("a[href$='/together']").click()
    expect(console.page.locator("#happens")).to_contain_text(str(phones))
    return console


def press(console: Person) -> None:
    console.page.locator("form[action$='/together'] button").click()
    expect(console.page.locator("[data-flash=done]")).to_be_visible()


def call(day: Day, people: People, phones: int) -> None:
    press(about_to_call(day, people, phones))


def is_home(day: Day, person: Person) -> None:
    expect(person.page).to_have_url(re.compile(rf"/{day.code}$"))


def comes_home(day: Day, person: Person) -> None:
    is_home(day, person)
    expect(person.page.locator("#now")).to_be_visible()


def looks_for(person: Person, words: str) -> None:
    """In the search, which opens at a tap: what is folded away takes no keys."""
    person.page.locator("summary:has(+ [role=search])").click()
    person.page.locator("[name=q]").press_sequentially(words)
    expect(person.page.locator("[name=q]")).to_have_value(words)


def is_connected(person: Person) -> None:
    person.page.wait_for_load_state("networkidle")


def test_two_phones_are_brought_together_and_a_half_written_idea_is_kept(day: Day, people: People) -> None:
    day.until("collect")
    amina, _ = day.participant(people)
    ben, _ = day.participant(people)
    for person in (amina, ben):
        person.visit(f"/{day.code}")
        person.page.locator("[name=title]").fill(HALF)
    amina.visit(f"/{day.code}/ideas")
    ben.page.evaluate("window.neverLoadedAgain = true")
    is_connected(amina)

    call(day, people, 2)
    comes_home(day, amina)
    for person in (amina, ben):
        expect(person.page.locator("[name=title]")).to_have_value(HALF)
        expect(person.page.locator(".called")).to_have_count(0)
    assert ben.page.evaluate("window.neverLoadedAgain"), "who is there already stays exactly where they are"


def test_whoever_types_is_told_and_comes_once_they_pause(day: Day, people: People) -> None:
    day.until("sort")
    amina, _ = day.participant(people)
    ben, _ = day.participant(people)
    for person in (amina, ben):
        person.visit(f"/{day.code}/ideas")
        is_connected(person)
    console = about_to_call(day, people, 2)
    for person in (amina, ben):
        looks_for(person, "child")
    press(console)
    for person in (amina, ben):
        expect(person.page.locator(".called")).to_be_visible()
        assert person.path == f"/{day.code}/ideas"
        expect(person.page.locator("[name=q]")).to_have_value("child")
    ben.page.locator(".called a").click()
    comes_home(day, ben)
    comes_home(day, amina)


def test_who_sends_while_being_called_comes_right_after(day: Day, people: People) -> None:
    day.until("sort")
    amina, _ = day.participant(people)
    amina.visit(f"/{day.code}/ideas")
    is_connected(amina)
    console = about_to_call(day, people, 1)
    looks_for(amina, "child")
    press(console)
    expect(amina.page.locator(".called")).to_be_visible()
    amina.page.keyboard.press("Enter")
    comes_home(day, amina)
    amina.visit(f"/{day.code}/ideas")
    amina.page.wait_for_timeout(300)
    assert amina.path == f"/{day.code}/ideas", "one call brings people once"


def test_whoever_scores_stays_at_their_idea_and_the_others_come_with_every_answer(day: Day, people: People) -> None:
    day.until("score")
    amina, scored = day.participant(people)
    ben, _ = day.participant(people)
    idea = day.ids[TITLES[0]]
    amina.visit(f"/{day.code}/score/{idea}")
    amina.page.locator("label:has([name=value-A][value='4'])").click()
    amina.page.evaluate("window.neverLoadedAgain = true")
    ben.visit(f"/{day.code}/ideas")
    is_connected(ben)
    call(day, people, 2)
    comes_home(day, ben)
    amina.page.locator("label:has([name=value-B][value='5'])").click()
    expect(amina.page.locator("outbox-status")).to_have_attribute("data-state", "saved")
    assert amina.page.evaluate("window.neverLoadedAgain")
    assert day.answers(scored) == {(idea, "A"): "4", (idea, "B"): "5"}
