"""A scribe types in a paper ballot at the speed of a hand: one key for each answer, and nothing else to press."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser import axe
from tests.browser.day import Day
from tests.browser.person import LANGUAGES, LAPTOP, People
from tests.browser.test_reflow import overflow

IDEAS, CRITERIA = 10, 10


def test_a_ballot_of_ten_ideas_is_a_hundred_keys_and_one_more(day: Day, people: People) -> None:
    day.open_doors()
    day.go_to("collect")
    day.send_ideas([f"Idea number {number}" for number in range(1, IDEAS + 1)])
    day.go_to("sort")
    day.show()
    day.go_to("score")
    scribe = day.console(people)
    scribe.visit(f"/{day.code}/console/scribe")
    scribe.page.get_by_label("Number on the ballot").fill("24")
    scribe.page.get_by_role("button", name="Open the ballot").click()
    expect(scribe.page.locator(".cell").first).to_be_focused()
    keys = [str(1 + (row * 3 + column) % 5) for row in range(IDEAS) for column in range(CRITERIA)]
    keys[7] = "?"
    scribe.page.keyboard.type("".join(keys))
    assert [cell.input_value() for cell in scribe.page.locator(".cell").all()] == keys
    expect(scribe.page.get_by_role("button", name="Save the ballot")).to_be_focused()
    scribe.page.keyboard.press("Enter")
    expect(scribe.page.locator(".flashes")).to_contain_text("100 answers saved")
    assert day.count_scores() == IDEAS * CRITERIA


def test_the_first_cell_takes_the_keys_once_somebody_listens(day: Day, people: People) -> None:
    day.until("score")
    scribe = day.console(people)
    scribe.visit(f"/{day.code}/console/scribe")
    late: list[Route] = []
    scribe.page.route("**/answer-grid.js*", lambda route: late.append(route))
    scribe.page.get_by_label("Number on the ballot").fill("7")
    scribe.page.get_by_role("button", name="Open the ballot").click(no_wait_after=True)
    first = scribe.page.locator(".cell").first
    expect(first).to_be_visible()
    scribe.page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(first).not_to_be_focused()
    late[0].continue_()
    expect(first).to_be_focused()


def test_a_key_that_is_on_no_scale_is_marked_and_arrows_lead_about(day: Day, people: People) -> None:
    day.until("score")
    scribe = day.console(people)
    scribe.visit(f"/{day.code}/console/scribe")
    scribe.page.get_by_label("Number on the ballot").fill("7")
    scribe.page.keyboard.press("Enter")
    cells = scribe.page.locator(".cell")
    expect(cells.first).to_be_focused()
    scribe.page.keyboard.type("8")
    expect(cells.nth(0)).to_be_focused()
    expect(cells.nth(0)).to_have_attribute("data-wrong", "")
    scribe.page.keyboard.press("Backspace")
    scribe.page.keyboard.press("ArrowDown")
    expect(cells.nth(10)).to_be_focused()
    scribe.page.keyboard.press("ArrowRight")
    expect(cells.nth(11)).to_be_focused()
    scribe.page.keyboard.press("Backspace")
    expect(cells.nth(10)).to_be_focused()
    scribe.page.keyboard.type("3")
    scribe.page.keyboard.press("ArrowUp")
    expect(cells.nth(1)).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_and_the_grid_are_accessible_and_fit_a_narrow_screen(
    day: Day, people: People, language: str, tmp_path: Path
) -> None:
    found: list[str] = []
    day.until("sort")
    scribe = day.console(people, language=language)

    def look(state: str) -> None:
        found.extend(f"{state}: {line}" for line in axe.violations(scribe.page))
        scribe.resize((320, 568))
        found.extend(f"{state} at 320: {line}" for line in overflow(scribe.page))
        scribe.resize(LAPTOP)

    desk = f"/{day.code}/console/scribe"
    scribe.visit(desk)
    look("ideas")
    day.go_to("score")
    scribe.visit(desk)
    look("ballots")
    scribe.visit(f"/{day.code}/console/print")
    look("print")
    scribe.visit(desk)
    scribe.page.locator("[name=number]").fill("31")
    scribe.page.keyboard.press("Enter")
    expect(scribe.page.locator(".cell").first).to_be_focused()
    look("grid")
    file = tmp_path / "ballots.csv"
    for state, line in (("good file", "31,1,A,4"), ("wrong file", "31,99,A,4")):
        file.write_text(f"ballot,idea,criterion,score\n{line}\n")
        scribe.visit(desk)
        scribe.page.locator("[type=file]").set_input_files(file)
        scribe.expected.add(f"{desk}/file")
        scribe.page.locator("form[action$='/file'] button").click()
        scribe.page.wait_for_url("**/file")
        look(state)
    assert found == [], "\n".join(found)
