"""Who may join (T8): anybody with the code, as many as were counted, or whoever has a ticket."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from facilitate.extensions import db
from facilitate.models import Event, Participant, Ticket
from facilitate.models.ticket import TICKET_DIGITS, ticket_hash
from tests.cast import Browser, Day
from tests.sizes import size

JARS = 100
RACES = size(pr=50, soak=300)


def admits(day: Day, mode: str, **more: str) -> Day:
    day.fay.post("~/console/admission", {"mode": mode, **more})
    return day


def tickets(day: Day, count: int = 1) -> list[str]:
    """Numbers of new tickets, as they stand on the sheet."""
    sheet = day.fay.post("~/console/tickets", {"count": str(count)}, status=200).text
    return [number.replace(" ", "") for number in re.findall(r"ticket-number[^>]*>([\d ]+)<", sheet)]


def ballots(day: Day) -> int:
    with day.event() as event:
        return int(event.count_people())


def knock(day: Day, jars: int, **said: str) -> list[int]:
    """So many fresh cookie jars at one address try to join; returns the answers."""
    return [knocks(day.browser(), **said) for _ in range(jars)]


def knocks(browser: Browser, **said: str) -> int:
    headers = {**browser.headers, "Sec-Fetch-Site": "same-origin"}
    return browser.client.post(browser._address("~"), data=said, headers=headers).status_code


# --- the three modes ---


def test_open_lets_in_every_cookie_jar_and_the_console_says_what_that_means(day: Day) -> None:
    notice = "one person can join twice"
    assert notice in day.fay.get("~/console").text
    day.open_doors()
    assert knock(day, JARS) == [303] * JARS
    assert ballots(day) == JARS
    assert notice in day.fay.get("~/console").text
    assert "One person can join twice." in day.fay.get("~/console/people").text


def test_counted_lets_in_as_many_as_there_are_heads(day: Day) -> None:
    admits(day, "counted", heads="49").open_doors()
    assert knock(day, JARS) == [303] * 49 + [403] * (JARS - 49)
    assert ballots(day) == 49
    assert "Everybody is in." in day.fay.get("~/console/people").text
    assert re.search(r"49 ballots</strong>.*49 people</strong>", day.fay.get("~/console/people").text)
    assert "Everybody who was counted has joined" in day.browser().get("~").text


def test_without_a_ticket_nobody_joins(day: Day) -> None:
    admits(day, "tickets").open_doors()
    assert knock(day, JARS) == [400] * JARS
    assert ballots(day) == 0


def test_a_ticket_lets_one_person_in_once(day: Day) -> None:
    one, other = tickets(admits(day, "tickets"), 2)
    day.open_doors()
    assert [knocks(day.browser(), ticket=number) for number in (one, other, one)] == [303, 303, 403]
    assert ballots(day) == 2
    assert "2 tickets made, 2 used." in " ".join(day.fay.get("~/console/people").text.split())


def test_the_square_on_a_ticket_leads_to_the_door_with_its_number(day: Day) -> None:
    (number,) = tickets(admits(day, "tickets"))
    day.open_doors()
    amina = day.browser()
    assert f'value="{number}"' in amina.get(f"~/ticket/{number}").text
    amina.post("~", {"ticket": number})
    amina.get(f"~/ticket/{number}", status=303)


def test_a_ticket_can_be_typed_with_spaces_and_in_arabic_digits(day: Day) -> None:
    one, other = tickets(admits(day, "tickets"), 2)
    day.open_doors()
    spaced = " ".join(one[at : at + 4] for at in range(0, TICKET_DIGITS, 4))
    arabic = other.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert [knocks(day.browser(), ticket=typed) for typed in (spaced, arabic)] == [303, 303]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "was used already"), ("fr", "a déjà servi"), ("ar", "استُعملت هذه التذكرة")],
)
def test_a_used_ticket_is_refused_in_ones_own_language_and_the_rest_of_the_form_stays(
    day: Day, language: str, sentence: str
) -> None:
    (number,) = tickets(admits(day, "tickets"))
    day.open_doors().joins(ticket=number)
    page = day.browser(language).post("~", {"ticket": number, "group": "settlement-agency"}, status=403).text
    assert sentence in page
    assert re.search(r'value="settlement-agency" checked', page)


def test_forged_and_used_tickets_count_as_wrong_codes_and_right_ones_still_go_through(day: Day) -> None:
    used, fresh = tickets(admits(day, "tickets"), 2)
    day.open_doors().joins(ticket=used)
    forged = [f"{number:020d}" for number in range(20)]
    assert [knocks(day.browser(), ticket=number) for number in (*forged, *[used] * 10)] == [403] * 30
    assert [knocks(day.browser(), ticket=number) for number in (forged[0], used)] == [429, 429]
    day.browser().get("/99999999", status=429)
    assert knocks(day.browser(), ticket=fresh) == 303


def test_a_ticket_of_another_event_is_none(app: Flask, day: Day) -> None:
    (foreign,) = tickets(admits(Day.of(app), "tickets"))
    admits(day, "tickets").open_doors()
    assert (knocks(day.browser(), ticket=foreign), ballots(day)) == (403, 0)


def test_a_withdrawn_ticket_lets_nobody_in(day: Day) -> None:
    one, other = tickets(admits(day, "tickets"), 2)
    day.open_doors().joins(ticket=one)
    day.fay.post("~/console/tickets/withdraw", {})
    assert (knocks(day.browser(), ticket=other), ballots(day)) == (403, 1)


def test_only_hashes_of_tickets_are_kept_and_nobody_reads_who_used_which(day: Day) -> None:
    numbers = tickets(admits(day, "tickets"), 3)
    day.open_doors().joins(ticket=numbers[1])
    with day.event() as event:
        kept = {ticket.hash: ticket.is_used for ticket in db.session.scalars(select(Ticket))}
        assert kept == {ticket_hash(event.key, number): number == numbers[1] for number in numbers}
        said = str([(entry.action, entry.subject, entry.data) for entry in db.session.scalars(event.log.select())])
    assert not any(number in said for number in numbers)
    assert [c.name for c in Ticket.__table__.columns] == ["hash", "event_id", "is_used"]


def test_whoever_is_in_comes_back_without_a_ticket_and_past_a_full_house(day: Day) -> None:
    admits(day, "counted", heads="1").open_doors()
    amina = day.joins()
    digits = re.search(r"big-code[^>]*>\s*([\d ]+)", amina.get("~/welcome").text)
    assert digits
    day.browser().post("~/re-enter", {"reentry": digits[1]})
    assert ballots(day) == 1


# --- two at once ---


def at_once(*deeds: Callable[[], object]) -> None:
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        deed()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_one_ticket_in_two_browsers_gives_one_ballot(day: Day) -> None:
    numbers = tickets(admits(day, "tickets"), RACES)
    day.open_doors()
    for number in numbers:
        at_once(*[partial(knocks, day.browser(), ticket=number) for _ in range(2)])
    assert ballots(day) == RACES


def test_the_last_place_goes_to_one_of_two(day: Day) -> None:
    admits(day, "counted", heads=str(RACES)).open_doors()
    for _ in range(RACES):
        at_once(*[partial(knocks, day.browser()) for _ in range(2)])
    assert ballots(day) == RACES


def test_looking_first_and_tearing_later_lets_two_in(day: Day) -> None:
    """The positive control: looked at in one transaction and torn in another, one ticket is enough for two."""
    (number,) = tickets(admits(day, "tickets"))
    day.open_doors()
    looked = threading.Barrier(2)
    let_in: list[bool] = []

    def joins() -> None:
        with day.app.app_context():
            event = db.session.scalars(select(Event).where(Event.code == day.code)).one()
            this = Ticket.hash == ticket_hash(event.key or b"", number)
            is_fresh = db.session.scalar(select(Ticket.is_used).where(this)) is False
            db.session.rollback()
            looked.wait()
            db.session.execute(update(Ticket).where(this).values(is_used=True))
            db.session.commit()
            let_in.append(is_fresh)

    at_once(joins, joins)
    assert let_in == [True, True]


# --- what a host may say, and when ---


def test_once_somebody_has_joined_nothing_lets_people_in_twice(day: Day) -> None:
    admits(day, "counted", heads="2").open_doors().joins()
    day.fay.post("~/console/admission", {"mode": "open"}, status=409)
    day.fay.post("~/console/admission", {"mode": "tickets"}, status=409)
    admits(day, "counted", heads="3")
    assert 'value="open"' not in day.fay.get("~/console/people").text


def test_an_open_day_can_still_be_counted_and_the_log_says_so(day: Day) -> None:
    day.open_doors().joins()
    admits(day, "counted", heads="1")
    assert knock(day, 1) == [403]
    log = " ".join(day.fay.get("~/console/log").text.split())
    assert "changed who may join" in log
    assert "anybody with the code, as many as are in the room, 1" in log


def test_fewer_heads_than_ballots_is_said_aloud(day: Day) -> None:
    day.open_doors().crowd(3)
    admits(day, "counted", heads="2")
    assert "There are more ballots than people." in day.fay.get("~/console/people").text


def test_counting_needs_a_number_and_tickets_need_their_mode(day: Day) -> None:
    day.fay.post("~/console/admission", {"mode": "counted"}, status=400)
    day.fay.post("~/console/admission", {"mode": "everybody"}, status=400)
    day.fay.post("~/console/tickets", {"count": "3"}, status=409)
    day.fay.post("~/console/tickets", {"count": "100000"}, status=400)


def test_a_rehearsal_uses_up_neither_tickets_nor_heads(day: Day) -> None:
    admits(day, "tickets")
    numbers = tickets(day, 2)
    rehearsing = day.fay.post("~/console/rehearsal", {}, status=200).get_json()["pass"]
    for _ in range(3):
        assert knocks(day.browser(), rehearsal=rehearsing) == 303
    admits(day, "counted", heads="1")
    assert knocks(day.browser(), rehearsal=rehearsing) == 303
    admits(day, "tickets")
    with day.event() as event:
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 4
        assert event.count_people() == 0
        assert db.session.scalars(select(Ticket.is_used)).all() == [False, False]
    assert len(numbers) == 2


def test_an_observer_reads_who_may_join_and_changes_nothing(day: Day) -> None:
    observer = day.invites("observer")
    assert 'action="/' + day.code + '/console/admission"' not in observer.get("~/console/people").text
    observer.post("~/console/admission", {"mode": "tickets"}, status=403)
