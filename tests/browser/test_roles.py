"""Everybody goes from their link to the end of what they may do, in their language, and is offered no closed door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.support import Translations
from flask import Flask
from playwright.sync_api import expect
from werkzeug.exceptions import HTTPException

import facilitate
from facilitate import create_app
from facilitate.access import DEEDS
from facilitate.errors import NotAllowed
from tests.browser.day import TITLES, Day
from tests.browser.office import Office
from tests.browser.person import LAPTOP, PROJECTOR, People, Person
from tests.browser.test_the_room import press_next

CATALOGUES = Path(facilitate.__file__).parent / "translations"
OFFERS = """
() => [
  ...[...document.querySelectorAll("form")].map((form) => [form.method.toUpperCase(), form.action]),
  ...[...document.querySelectorAll("[formaction]")].map((button) => ["POST", button.formAction]),
  ...[...document.querySelectorAll("a[href]")].map((link) => ["GET", link.href]),
]
"""
PRESSED = """
async (path) => {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams() });
  return [answer.status, await answer.text()];
}
"""
Invite = Callable[..., Person]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, asked only which deed stands behind an address."""
    return create_app(INSTANCE=str(tmp_path_factory.mktemp("rules")))


@pytest.fixture
def invite(day: Day, office: Office, people: People) -> Invite:
    """Somebody who opens a fresh link of this role."""

    def come(role: str, language: str) -> Person:
        person = people.come(day.server.url, language=language, size=PROJECTOR if role == "board" else LAPTOP)
        person.visit(office.link(day.code, role))
        assert person.page.locator("html").get_attribute("lang") == language or role == "board"
        return person

    return come


def offers_only_its_part(person: Person, rules: Flask, role: str, *paths: str) -> None:
    """Nothing on these pages leads to a deed that the role has not."""
    for path in paths:
        person.visit(path)
        offered = person.page.evaluate(OFFERS)
        closed = [(method, address) for method, address in offered if not may(rules, role, method, address)]
        assert closed == [], f"{role} at {path}"


def may(rules: Flask, role: str, method: str, address: str) -> bool:
    try:
        endpoint, _ = rules.url_map.bind("127.0.0.1").match(urlsplit(address).path, method)
    except HTTPException:
        return False
    deed = getattr(rules.view_functions[endpoint], "deed", "look around")
    return bool({role, "stranger"} & DEEDS[deed]) or deed == "manage own events"


def is_refused(person: Person, language: str, *, pages: tuple[str, ...] = (), presses: tuple[str, ...] = ()) -> None:
    """The addresses that this role was not given say so, in words and in its language."""
    sentence = Translations.load(str(CATALOGUES), [language]).gettext(NotAllowed.message)
    assert (sentence == NotAllowed.message) is (language == "en")
    for path in pages:
        person.visit(path, 403)
        expect(person.page.locator("main")).to_contain_text(sentence)
    for path in presses:
        person.expected.add(path)
        status, page = person.page.evaluate(PRESSED, path)
        assert (status, sentence in page) == (403, True), path


@pytest.mark.parametrize(("role", "language"), [("host", "fr"), ("cohost", "ar")])
def test_who_runs_the_day_gets_to_its_end(day: Day, invite: Invite, rules: Flask, role: str, language: str) -> None:
    runner = invite(role, language)
    desk = f"/{day.code}/console"
    pages = (desk, f"{desk}/ideas", f"{desk}/people", f"{desk}/criteria", f"{desk}/log", f"{desk}/scribe")
    offers_only_its_part(runner, rules, role, *pages)
    for activity in ("welcome", "collect", "sort", "score", "reveal", "reveal", "wrap_up"):
        runner.visit(desk)
        press_next(runner)
        assert day.activity == activity
        if activity == "collect":
            day.send_ideas()
        if activity == "sort":
            runner.visit(f"{desk}/ideas?tab=waiting")
            runner.page.locator("form[action*='/show-all'] button").click()
            expect(runner.page.locator("article.sorted")).to_have_count(0)
        if activity == "score":
            day.score()
    results = (f"{desk}/results", f"{desk}/results/heatmap", f"{desk}/discussion", f"{desk}/groups", f"{desk}/call")
    offers_only_its_part(runner, rules, role, desk, *results)
    if role == "cohost":
        is_refused(runner, language, presses=(f"{desk}/links", f"{desk}/rehearsal", f"{desk}/weights"))


def test_a_moderator_sorts_and_nothing_else(day: Day, invite: Invite, rules: Flask) -> None:
    day.until("collect")
    day.send_ideas()
    moderator, desk = invite("moderator", "fr"), f"/{day.code}/console"
    offers_only_its_part(moderator, rules, "moderator", desk, f"{desk}/people", f"{desk}/criteria", f"{desk}/log")
    offers_only_its_part(moderator, rules, "moderator", f"{desk}/ideas?tab=waiting")
    page = moderator.page
    for title in TITLES[:2]:
        page.locator("article.sorted", has_text=title).locator("form[action*='/show'] button").click()
        expect(page.locator("article.sorted", has_text=title)).to_have_count(0)
    card = page.locator("article.sorted", has_text=TITLES[2])
    card.locator("details", has=page.locator("[name=reason]")).locator("summary").click()
    card.locator("[name=reason]").select_option("names-someone")
    card.locator("form[action*='/hide'] button").click()
    expect(card).to_have_count(0)
    page.locator("article.sorted", has_text=TITLES[3]).locator("a[href*='merge=']").click()
    page.locator("[name=into]").select_option(label=TITLES[0])
    page.locator(".merging button").click()
    expect(page.locator("article.sorted")).to_have_count(1)
    moderator.visit(f"{desk}/ideas?tab=shown")
    expect(page.locator("article.sorted")).to_have_count(2)
    expect(page.locator("[data-step] button")).to_have_count(0)
    is_refused(
        moderator,
        "fr",
        pages=(f"{desk}/results", f"{desk}/scribe", f"{desk}/call"),
        presses=(f"{desk}/next", f"{desk}/reveal", f"{desk}/timer", f"{desk}/board", f"{desk}/admission"),
    )


def test_a_scribe_types_in_and_nothing_else(day: Day, invite: Invite, rules: Flask) -> None:
    day.until("collect")
    scribe, desk = invite("scribe", "ar"), f"/{day.code}/console"
    offers_only_its_part(scribe, rules, "scribe", desk, f"{desk}/people", f"{desk}/ideas", f"{desk}/scribe")
    page = scribe.page
    page.locator("[name=title]").fill(TITLES[2])
    page.locator("form[action$='/scribe/ideas'] button.primary").click()
    expect(page.locator(".flashes")).not_to_be_empty()
    day.find(TITLES[2:3])
    day.go_to("sort")
    day.show()
    day.go_to("score")
    scribe.visit(f"{desk}/scribe")
    page.locator("[name=number]").fill("7")
    page.keyboard.press("Enter")
    expect(page.locator(".cell").first).to_be_focused()
    page.keyboard.type("5432154321")
    page.keyboard.press("Enter")
    expect(page.locator(".flashes")).not_to_be_empty()
    assert day.count_scores() == 10
    idea = day.ids[TITLES[2]]
    is_refused(
        scribe,
        "ar",
        pages=(f"{desk}/results",),
        presses=(f"/{day.code}/ideas/{idea}/hide", f"{desk}/next", f"{desk}/show-all", f"{desk}/lock"),
    )


def test_an_observer_watches_and_nothing_else(day: Day, invite: Invite, rules: Flask) -> None:
    day.until("score")
    observer, desk = invite("observer", "ar"), f"/{day.code}/console"
    pages = (desk, f"{desk}/ideas?tab=shown", f"{desk}/people", f"{desk}/criteria", f"{desk}/criteria/A", f"{desk}/log")
    offers_only_its_part(observer, rules, "observer", *pages)
    observer.visit(desk)
    day.score()
    expect(observer.page.locator(".progress-card .percent")).to_be_visible()
    before = observer.page.locator("h1").inner_text()
    day.go_to("reveal")
    expect(observer.page.locator("h1")).not_to_have_text(before)
    day.reveal()
    offers_only_its_part(observer, rules, "observer", *pages)
    assert observer.page.locator("main button, main form").count() == 0
    idea = day.ids[TITLES[0]]
    is_refused(
        observer,
        "ar",
        pages=(f"{desk}/results", f"{desk}/discussion", f"{desk}/scribe"),
        presses=(f"{desk}/back", f"/{day.code}/ideas/{idea}/show", f"{desk}/scribe/ballots", f"{desk}/close"),
    )


def test_a_board_link_shows_the_board_and_nothing_else(day: Day, invite: Invite, rules: Flask) -> None:
    board = invite("board", "fr")
    assert board.path == f"/{day.code}/board"
    for activity, view in (("welcome", "lobby"), ("collect", "wall"), ("score", "progress"), ("reveal", "progress")):
        day.until(activity) if activity == "welcome" else play(day, activity)
        expect(board.page.locator(f"#board-{view}")).to_be_visible()
    day.reveal()
    expect(board.page.locator("#board-reveal .ranked")).to_have_count(len(TITLES))
    offers_only_its_part(board, rules, "board", f"/{day.code}/board")
    desk = f"/{day.code}/console"
    is_refused(
        board, "fr", pages=(desk, f"{desk}/log", f"/{day.code}/results"), presses=(f"{desk}/blank", f"{desk}/next")
    )


def play(day: Day, activity: str) -> None:
    """Go on to this activity; the board follows."""
    if activity == "collect":
        day.go_to("collect")
    if activity == "score":
        day.send_ideas()
        day.go_to("sort")
        day.show()
        day.go_to("score")
    if activity == "reveal":
        day.score()
        day.go_to("reveal")


def test_a_phone_takes_part_and_nothing_else(day: Day, people: People, rules: Flask) -> None:
    day.until("score")
    person, _ = day.participant(people, language="ar")
    idea = day.ids[TITLES[0]]
    home = f"/{day.code}"
    offers_only_its_part(person, rules, "participant", home, f"{home}/score", f"{home}/score/{idea}", f"{home}/ideas")
    desk = f"{home}/console"
    is_refused(
        person,
        "ar",
        pages=(desk, f"{desk}/people", f"{desk}/log", f"{desk}/results"),
        presses=(f"{desk}/next", f"{home}/ideas/{idea}/hide", f"{desk}/reveal"),
    )
