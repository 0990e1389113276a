"""Sorting by keyboard, a slip taken back in its place, and two hosts in front of the same idea."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.day import TITLES, Day
from tests.browser.person import People, Person


def sorting(day: Day, people: People) -> Person:
    day.until("collect")
    day.send_ideas()
    console = day.console(people)
    console.visit(f"/{day.code}/console/ideas?tab=waiting")
    return console


def in_focus(page: Page, day: Day, title: str) -> None:
    expect(page.locator(f"#idea-{day.ids[title]}")).to_be_focused()


def count(page: Page, tab: str, number: int) -> None:
    expect(page.locator(f".tabs a[href$='tab={tab}'] .count")).to_have_text(str(number))


def test_a_pile_is_sorted_with_keys_alone(day: Day, people: People) -> None:
    page = sorting(day, people).page
    first, second, third, *_ = TITLES
    page.keyboard.press("a")
    in_focus(page, day, first)
    count(page, "shown", 0)  # the first press only shows which idea is meant
    page.keyboard.press("a")
    in_focus(page, day, second)
    count(page, "shown", 1)
    page.keyboard.press("u")
    in_focus(page, day, first)
    count(page, "shown", 0)

    page.keyboard.press("ArrowDown")
    in_focus(page, day, second)
    page.keyboard.press("s")
    expect(page.locator(f"#reason-{day.ids[second]}")).to_be_focused()
    page.keyboard.press("Escape")
    in_focus(page, day, second)
    page.keyboard.press("e")
    label = page.locator(f"#label-{day.ids[second]}")
    expect(label).to_be_focused()
    label.fill("as me")  # letters in a field are letters
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_be_visible()
    in_focus(page, day, second)

    page.keyboard.press("ArrowUp")
    page.keyboard.press("a")
    count(page, "shown", 1)
    in_focus(page, day, second)
    page.keyboard.press("m")
    expect(page.locator(f"#into-{day.ids[second]}")).to_be_focused()
    page.locator(f"#into-{day.ids[second]}").select_option(day.ids[first])
    page.locator(".merging button").click()
    count(page, "merged", 1)
    in_focus(page, day, third)


def test_keys_that_are_switched_off_do_nothing_on_any_page_of_the_console(day: Day, people: People) -> None:
    console = sorting(day, people)
    console.page.locator("label:has(#keys-on)").click()
    for key in ("a", "a", "ArrowDown"):
        console.page.keyboard.press(key)
    expect(console.page.locator(".sorted:focus")).to_have_count(0)
    console.visit(f"/{day.code}/console")
    expect(console.page.locator("#keys-on")).not_to_be_checked()


def test_what_was_done_can_be_taken_back_where_the_idea_was(day: Day, people: People) -> None:
    page = sorting(day, people).page
    card = page.locator(f"#idea-{day.ids[TITLES[2]]}")
    top = card.bounding_box()
    card.locator("[data-does=A]").click()
    strip = page.locator("#done")
    expect(strip).to_contain_text(TITLES[2])
    there = strip.bounding_box()
    assert top is not None
    assert there is not None
    assert abs(top["y"] - there["y"]) < 2
    strip.locator("button").click()
    expect(card).to_be_focused()
    expect(strip).to_have_count(0)


def test_of_two_hosts_in_front_of_one_idea_the_second_sees_how_it_is_now(day: Day, people: People) -> None:
    fay, other = sorting(day, people), day.console(people)
    idea = day.ids[TITLES[0]]
    slow = fay.page.locator(f"#idea-{idea} form[action*='/show']")
    expect(slow).to_be_visible()
    fay.page.evaluate("document.querySelector('live-section').refresh = () => {}")  # the press is on its way already
    other.visit(f"/{day.code}/console/ideas?tab=waiting")
    other.page.locator(f"#idea-{idea} [data-does=S]").click()
    other.page.locator(f"#idea-{idea} form[action*='/hide'] button").click()
    count(other.page, "hidden", 1)

    fay.expected.add(f"/{day.code}/ideas/{idea}/show")
    fay.page.evaluate("id => document.querySelector(`#idea-${id} form[action*='/show']`)?.requestSubmit()", idea)
    expect(fay.page.locator("[data-flash=told]")).to_contain_text(TITLES[0])
    count(fay.page, "hidden", 1)
    other.page.locator("#done button").click()
    count(fay.page, "hidden", 0)  # the page that says so is live
