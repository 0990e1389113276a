"""A real phone on a bad network (T26), and a board after the server was killed (T25, L7)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from facilitate.rehearsal.phone import Phone, Tap
from tests.browser.day import Day
from tests.browser.person import People, Person
from tests.browser.test_offline import choose, chosen, of_idea, says
from tests.real.chaos import CALM, ROUGH, ChaosProxy, Weather
from tests.real.server import Server
from tests.sizes import size

SECONDS = size(pr=6, soak=300)
WEATHER = Weather(ROUGH.delay, ROUGH.spread, (1.0, 4.0), ROUGH.half_open)


def test_a_phone_on_a_bad_network_never_says_saved_too_early(tmp_path: Path, people: People) -> None:
    server = Server(tmp_path / "instance")
    with ChaosProxy(server.port) as proxy:
        server.extra = {"FACILITATE_PUBLIC_URL": proxy.url}
        with server:
            day = Day(server, server.new_event())
            day.until("score")
            (phone,) = day.join()
            person = people.come(proxy.url)
            person.lend(phone.browser)
            idea = next(iter(day.ids.values()))
            person.visit(f"/{day.code}/score/{idea}")
            says(person.page, "saved")
            with person.bad_network():
                proxy.weather = WEATHER
                proxy.cut_all()
                _tap_and_look(day, person, phone, idea)
                proxy.weather = CALM
                says(person.page, "saved")
            assert of_idea(day.answers(phone), idea) == chosen(person.page)
            assert proxy.cuts > 0
        assert server.log_tracebacks() == []


def _tap_and_look(day: Day, person: Person, phone: Phone, idea: str) -> None:
    """Whenever the page says that everything is saved, the database must hold what the page shows."""
    until, turn = time.monotonic() + SECONDS, 0
    status = person.page.locator("outbox-status")
    while time.monotonic() < until:
        choose(person.page, "ABCDEFGHIJ"[turn % 10], 1 + turn % 5)
        turn += 1
        person.page.wait_for_timeout(150)
        if turn % 3 == 0 and status.get_attribute("data-state") == "saved":
            assert of_idea(day.answers(phone), idea) == chosen(person.page)


def test_a_board_shows_the_present_again_after_the_server_was_killed(server: Server, people: People) -> None:
    day = Day(server, server.new_event())
    day.until("score")
    phones = day.join(6)
    board = day.board(people)
    idea = next(iter(day.ids.values()))
    with board.bad_network():
        server.kill9()
        server.start()
        for phone in phones:
            phone.score_by_form([Tap(idea, criterion, "3") for criterion in "ABCDEFGHIJ"])
        day.press("blank")
        day.press("blank")
        _shows_the_present(day, board)
        day.go_to("reveal")
        _shows_the_present(day, board)


def _shows_the_present(day: Day, board: Person) -> None:
    """The page that stood there all the time says what a fresh one says."""
    fresh = board.open_tab()
    try:
        until = time.monotonic() + 30
        while True:
            fresh.goto(f"/{day.code}/board")
            wanted = fresh.locator("live-section").first.inner_text()
            shown = board.page.locator("live-section").first.inner_text()
            if shown == wanted:
                return
            if time.monotonic() > until:
                pytest.fail(f"the board shows {shown!r} instead of {wanted!r}")
            board.page.wait_for_timeout(300)
    finally:
        fresh.close()
