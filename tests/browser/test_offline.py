"""The network comes and goes, the server dies and comes back: nothing is lost, and “Saved” is true (T27)."""

from __future__ import annotations

import os
import signal

from playwright.sync_api import Page, Route, expect

from facilitate.rehearsal.phone import Phone
from tests.browser.day import Day
from tests.browser.person import People, Person
from tests.real.server import Server

HISTORY = """
window.said = [];
new MutationObserver(() => {
  const state = document.querySelector("outbox-status")?.dataset.state;
  if (state && state !== said.at(-1)) said.push(state);
}).observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ["data-state"] });
"""
"""Writes down whatever the phone says about its outbox, however short it says it."""
COME_BACK = 30_000.0
"""Milliseconds until everything must be there again; between two tries pass eight seconds at most."""


def at_scoring(day: Day, people: People) -> tuple[Person, Phone, str]:
    """Somebody in front of their first idea; the idea's id comes with them."""
    day.until("score")
    person, phone = day.participant(people)
    person.context.add_init_script(HISTORY)
    idea = day.ids[next(iter(day.ids))]
    person.visit(f"/{day.code}/score/{idea}")
    says(person.page, "saved")
    return person, phone, idea


def choose(page: Page, criteria: str, value: int) -> None:
    for criterion in criteria:
        page.locator(f"score-row[criterion={criterion}] label:has([value='{value}'])").click()


def says(page: Page, state: str, patience: float = COME_BACK) -> None:
    expect(page.locator("outbox-status")).to_have_attribute("data-state", state, timeout=patience)


def history(page: Page) -> list[str]:
    said: list[str] = page.evaluate("window.said")
    return said


def chosen(page: Page) -> dict[str, str]:
    """Criterion to what stands on the page."""
    return {
        str(box.get_attribute("name")).removeprefix("value-"): box.input_value()
        for box in page.locator("score-row input:checked").all()
    }


def of_idea(answers: dict[tuple[str, str | None], str | None], idea: str) -> dict[str | None, str | None]:
    return {criterion: value for (of, criterion), value in answers.items() if of == idea}


def test_taps_without_network_wait_and_are_saved_when_it_comes_back(day: Day, people: People) -> None:
    person, phone, idea = at_scoring(day, people)
    page = person.page
    choose(page, "AB", 2)
    says(page, "saved")
    assert of_idea(day.answers(phone), idea) == {"A": "2", "B": "2"}
    with person.bad_network():
        person.context.set_offline(True)
        choose(page, "BCDEF", 4)
        choose(page, "F", 5)
        says(page, "waiting")
        assert "5" in page.locator("outbox-status").inner_text()
        assert of_idea(day.answers(phone), idea) == {"A": "2", "B": "2"}
        person.context.set_offline(False)
        says(page, "saved")
    wanted = {"A": "2", "B": "4", "C": "4", "D": "4", "E": "4", "F": "5"}
    assert of_idea(day.answers(phone), idea) == wanted == chosen(page)
    choose(page, "G", 1)
    says(page, "saved")
    assert of_idea(day.answers(phone), idea) == wanted | {"G": "1"}


def test_what_is_tapped_before_the_scripts_arrive_is_saved_once_they_do(day: Day, people: People) -> None:
    """On a slow network the buttons are there first: whoever taps at once has tapped."""
    day.until("score")
    person, phone = day.participant(people)
    idea, page = day.ids[next(iter(day.ids))], person.page
    late: list[Route] = []
    page.route("**/score-row.js*", lambda route: late.append(route))
    page.goto(f"/{day.code}/score/{idea}", wait_until="commit")
    choose(page, "AC", 4)
    page.locator(".stake").click()
    expect(page.locator("outbox-status")).not_to_have_attribute("data-state", "saved")
    late[0].continue_()
    says(page, "saved")
    assert of_idea(day.answers(phone), idea) == dict.fromkeys("AC", "4")
    page.unroute("**/score-row.js*")
    person.visit(f"/{day.code}/score/{idea}")
    says(page, "saved")
    expect(page.locator(".stake input")).to_be_checked()
    assert day.seq(phone) == 3, "nothing is sent twice"


def test_saved_is_never_said_before_the_server_has_it(day: Day, people: People) -> None:
    """The server stands still in the middle of it: the network is fine, and yet nothing is saved."""
    person, phone, idea = at_scoring(day, people)
    page, process = person.page, day.server.process
    assert process is not None
    before = day.seq(phone)
    os.killpg(process.pid, signal.SIGSTOP)
    try:
        page.evaluate("window.said = ['saved']")
        choose(page, "ABC", 3)
        says(page, "waiting")
        page.wait_for_timeout(1500)
        assert history(page) == ["saved", "saving", "waiting"]
    finally:
        os.killpg(process.pid, signal.SIGCONT)
    says(page, "saved")
    assert of_idea(day.answers(phone), idea) == {"A": "3", "B": "3", "C": "3"}
    assert day.seq(phone) == before + 3
    assert history(page) == ["saved", "saving", "waiting", "saved"]


def test_a_tab_that_was_closed_offline_sends_everything_when_it_is_opened_again(day: Day, people: People) -> None:
    person, phone, idea = at_scoring(day, people)
    with person.bad_network():
        person.context.set_offline(True)
        choose(person.page, "ABCD", 5)
        says(person.page, "waiting")
        person.close_tab()
        person.context.set_offline(False)
    person.page = person.open_tab()
    person.visit(f"/{day.code}/score/{idea}")
    says(person.page, "saved")
    assert of_idea(day.answers(phone), idea) == dict.fromkeys("ABCD", "5")
    assert chosen(person.page) == dict.fromkeys("ABCD", "5")


def test_whatever_page_is_opened_again_it_sends_what_waits(day: Day, people: People) -> None:
    person, phone, idea = at_scoring(day, people)
    with person.bad_network():
        person.context.set_offline(True)
        choose(person.page, "AB", 1)
        says(person.page, "waiting")
        person.close_tab()
        person.context.set_offline(False)
    person.page = person.open_tab()
    person.visit(f"/{day.code}")
    says(person.page, "saved")
    assert of_idea(day.answers(phone), idea) == dict.fromkeys("AB", "1")


def test_a_phone_is_handed_on_once_everything_is_sent(day: Day, people: People) -> None:
    """What one person has tapped must never be sent as the next one's."""
    person, phone, idea = at_scoring(day, people)
    with person.bad_network():
        person.context.set_offline(True)
        choose(person.page, "AB", 4)
        says(person.page, "waiting")
        person.close_tab()
        person.context.set_offline(False)
        person.page = person.open_tab()
        person.page.route("**/scores", lambda route: route.abort())
        person.visit(f"/{day.code}")
        says(person.page, "waiting")
        person.page.locator("form[action$='/leave'] button").click()
        person.page.wait_for_timeout(500)
        assert person.page.locator("form[action$='/leave']").is_visible()
        person.page.unroute("**/scores")
        expect(person.page.locator("[name=group]").first).to_be_attached(timeout=COME_BACK)
    assert of_idea(day.answers(phone), idea) == dict.fromkeys("AB", "4")


def test_nothing_is_lost_when_the_server_is_killed_in_the_middle(server: Server, people: People) -> None:
    day = Day(server, server.new_event())
    person, phone, idea = at_scoring(day, people)
    page = person.page
    choose(page, "ABC", 2)
    says(page, "saved")
    with person.bad_network():
        choose(page, "DE", 2)
        server.kill9()
        choose(page, "CFGH", 4)
        says(page, "waiting")
        server.start()
        says(page, "saved")
    assert of_idea(day.answers(phone), idea) == chosen(page)
    assert chosen(page) == dict.fromkeys("ABDE", "2") | dict.fromkeys("CFGH", "4")


def test_what_was_tapped_before_and_arrives_after_closing_is_not_counted_and_said_so(day: Day, people: People) -> None:
    person, phone, idea = at_scoring(day, people)
    page = person.page
    choose(page, "A", 3)
    says(page, "saved")
    with person.bad_network():
        person.context.set_offline(True)
        choose(page, "AB", 5)
        says(page, "waiting")
        page.evaluate("window.said = ['waiting']")
        day.go_to("reveal")
        person.context.set_offline(False)
        says(person.page, "closed")
        expect(person.page.locator("outbox-status")).to_be_visible()
    assert "saved" not in history(person.page)
    assert of_idea(day.answers(phone), idea) == {"A": "3"}


def test_what_is_typed_before_the_scripts_arrive_is_no_older_draft(day: Day, people: People) -> None:
    person = writing(day, people)
    page, late = person.page, list[Route]()
    page.route("**/draft.js*", lambda route: late.append(route))
    page.goto(f"/{day.code}", wait_until="commit")
    page.locator("[name=title]").fill("A newer thought")
    late[0].continue_()
    page.wait_for_load_state()
    expect(page.locator("[name=title]")).to_have_value("A newer thought")
    page.unroute("**/draft.js*")
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("A newer thought")


IDEA = "A tool library beside the bus stop"


def writing(day: Day, people: People) -> Person:
    """Somebody who has begun to write an idea, and not sent it."""
    day.open_doors()
    person, _phone = day.participant(people)
    person.visit(f"/{day.code}")
    day.go_to("collect")  # the form comes to a page that is open already
    person.page.locator("[name=title]").fill(IDEA)
    person.page.locator("label", has=person.page.locator("[name=kind][value=opportunity]")).click()
    return person


def test_an_idea_that_was_begun_is_there_after_a_reload_without_network_and_until_it_is_sent(
    day: Day, people: People
) -> None:
    person = writing(day, people)
    person.page.reload()
    expect(person.page.locator("[name=title]")).to_have_value(IDEA)
    with person.bad_network():
        person.context.set_offline(True)
        person.page.locator("form[data-draft=idea] .button.primary").click(no_wait_after=True)
        person.page.wait_for_timeout(300)
        person.close_tab()
        person.context.set_offline(False)
    person.page = person.open_tab()
    person.visit(f"/{day.code}")
    expect(person.page.locator("[name=title]")).to_have_value(IDEA)
    expect(person.page.locator("[name=kind][value=opportunity]")).to_be_checked()
    person.page.locator("form[data-draft=idea] .button.primary").click()
    expect(person.page.locator("#my-ideas .idea-title")).to_have_text(IDEA)
    person.page.reload()
    expect(person.page.locator("[name=title]")).to_have_value("")


def test_what_one_person_has_begun_is_not_shown_to_the_next_one_on_the_same_phone(day: Day, people: People) -> None:
    person = writing(day, people)
    person.page.locator("form[action$='/leave'] button").click()
    expect(person.page.locator("[name=group]").first).to_be_attached()
    person.page.locator("main form").first.locator(".button.primary").click()
    person.page.wait_for_url("**/welcome")
    person.visit(f"/{day.code}")
    expect(person.page.locator("[name=title]")).to_have_value("")
