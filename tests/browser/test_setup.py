"""Fay sets her day up: six steps with keys, buttons or a drag, and she sees it as her participants will."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import axe
from tests.browser.day import Day
from tests.browser.person import LANGUAGES, LAPTOP, People, Person
from tests.browser.test_reflow import overflow
from tests.web.test_setup import PAGES, picture

SMALL = (320, 568)
SECOND = "[data-place] .letter"


def titles(person: Person) -> list[str]:
    return [row.inner_text().split("\n")[-1] for row in person.page.locator(".criterion-line h2").all()]


def saved(person: Person) -> None:
    expect(person.page.locator("[data-flash=done]")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_accessible_and_fits_a_narrow_screen(day: Day, people: People, language: str) -> None:
    fay = day.console(people, language=language)
    desk = f"/{day.code}/console"
    found: list[str] = []
    for page in (*PAGES, "agenda/2-collect", "preview?as=phone", "preview?as=board"):
        fay.visit(f"{desk}/{page}")
        closed = fay.page.locator("details.word-list-drawer:not([open]) summary")
        while closed.count():
            closed.first.click()
        found.extend(f"{page}: {line}" for line in axe.violations(fay.page))
        fay.resize(SMALL)
        found.extend(f"{page} at 320: {line}" for line in overflow(fay.page))
        fay.resize(LAPTOP)
    assert found == [], "\n".join(found)


def test_a_step_is_dragged_or_moved_by_its_arrow_and_the_order_is_kept(day: Day, people: People) -> None:
    fay = day.console(people)
    fay.visit(f"/{day.code}/console/agenda")
    fay.page.get_by_label("What").select_option("break")
    fay.page.get_by_label("After").select_option("0")
    fay.page.get_by_role("button", name="Put it in").click()
    expect(fay.page.locator("h1")).to_contain_text("Break")
    fay.page.get_by_role("link", name="The whole agenda").click()
    assert titles(fay)[:4] == ["Welcome", "Break", "Collect ideas", "Sort"]
    drag(fay, fay.page.locator("#step-2 [data-grip]"), fay.page.locator("#step-4"))
    saved(fay)
    assert titles(fay)[:4] == ["Welcome", "Collect ideas", "Sort", "Break"]
    fay.page.get_by_role("button", name="Move “Break” up").focus()
    fay.page.keyboard.press("Enter")
    expect(fay.page.locator("#step-3 h2")).to_contain_text("Break")
    assert titles(fay)[:4] == ["Welcome", "Collect ideas", "Break", "Sort"]


def drag(fay: Person, what: Locator, onto: Locator) -> None:
    """By hand: down, over in steps, up."""
    here, there = what.bounding_box(), onto.bounding_box()
    assert here is not None
    assert there is not None
    fay.page.mouse.move(here["x"] + here["width"] / 2, here["y"] + here["height"] / 2)
    fay.page.mouse.down()
    fay.page.mouse.move(there["x"] + 60, there["y"] + there["height"] / 2, steps=8)
    expect(onto).to_have_attribute("data-drop-after", "")
    fay.page.mouse.up()


def test_a_criterion_is_dragged_to_its_place(day: Day, people: People) -> None:
    fay = day.console(people)
    fay.visit(f"/{day.code}/console/criteria")
    drag(fay, fay.page.locator("#criterion-A [data-grip]"), fay.page.locator("#criterion-B"))
    expect(fay.page.locator(SECOND).nth(1)).to_have_text("A")
    assert [letter.inner_text() for letter in fay.page.locator(SECOND).all()][:3] == ["B", "A", "C"]


def test_enter_saves_a_list_and_moves_nothing(day: Day, people: People) -> None:
    fay = day.console(people)
    fay.visit(f"/{day.code}/console/lists")
    first = fay.page.locator("#group input.input").first
    first.fill("Settlement workers")
    first.press("Enter")
    saved(fay)
    expect(fay.page.locator("#group input.input").first).to_have_value("Settlement workers")


def test_what_fay_says_is_what_the_preview_shows_in_each_language(day: Day, people: People) -> None:
    fay = day.console(people)
    fay.visit(f"/{day.code}/console/basics")
    fay.page.locator("[name=title-fr]").fill("Ensemble pour l’accueil")
    fay.page.locator("form[action$='/basics'] button").click()
    saved(fay)
    fay.page.get_by_label("Name of the organization").fill("County of Essex")
    logo = {"name": "essex.png", "mimeType": "image/png", "buffer": picture((400, 160))}
    fay.page.get_by_label("Logo (optional)").set_input_files(logo)  # type: ignore[arg-type]
    fay.page.get_by_role("button", name="Add a convenor").click()
    expect(fay.page.locator(".convenors img")).to_be_visible()
    fay.page.get_by_role("link", name="as phone").click()
    fay.page.locator(".switches").get_by_role("link", name="Français").click()
    frame = fay.page.frame_locator(".device iframe")
    expect(frame.locator("h1")).to_have_text("Ensemble pour l’accueil")
    expect(frame.get_by_role("button", name="Rejoindre")).to_be_visible()
    fay.page.get_by_role("link", name="One idea").click()
    expect(frame.locator("score-row")).to_have_count(10)
    expect(frame.get_by_role("button", name="Enregistrer et continuer")).to_be_hidden()
    fay.page.get_by_role("link", name="as board").click()
    expect(frame.locator(".lobby")).to_be_visible()


def test_a_real_phone_tries_the_door_and_leaves_nothing_behind(day: Day, people: People) -> None:
    fay = day.console(people)
    fay.visit(f"/{day.code}/console/check")
    fay.page.get_by_role("button", name="Show a square to scan").click()
    link = fay.page.locator("code.address").inner_text()
    amina = people.come(day.server.url)
    amina.visit(f"/{day.code}?{link.split('?')[1]}")
    amina.page.get_by_role("button", name="Join").click()
    expect(amina.page.locator(".big-code")).to_be_visible()
    fay.visit(f"/{day.code}/console/check")
    expect(fay.page.get_by_text("1 phone has joined.")).to_be_visible()
    fay.page.get_by_role("button", name="End it and delete what it made").click()
    expect(fay.page.get_by_text("Joining was tried, and it worked.")).to_be_visible()
