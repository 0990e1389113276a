"""Who hears what: every socket event about somebody else's event (T10), and three events at once (T11)."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from flask import Flask

from facilitate.live import AUDIENCES
from facilitate.pulse import DAY, SECTIONS, SETUP, server
from facilitate.queries.log import SENTENCES
from facilitate.rehearsal.browser import Browser, insist
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone, Tap
from tests.real.ears import Ear
from tests.real.server import Server
from tests.sizes import size

pytestmark = pytest.mark.sqlite("it reads the file beside the server")

ABOUT_PEOPLE = ("idea.", "participant.", "ballot.", "points.", "approvals.")
"""What the log says of an idea, a person, or what people answered."""
ACTIONS = size(pr=12, soak=700)
"""In each of three events."""
QUIET = 0.6
"""Seconds after which every nudge has arrived: four a second, and some for a busy machine."""


class Room:
    """One event with scoring open, and a browser in each role."""

    def __init__(self, server: Server, title: str) -> None:
        self.server, self.title = server, title
        links = server.new_event()
        self.code, self.host = links["code"], Host(links["console_url"], links["code"])
        self.host._press("open", {"version": str(self.host.version())})
        self.host.move_on()
        self.amina, self.ben = self._joins(), self._joins()
        self.amina.submit([("title", title), ("kind", "gap")])
        self.host._press("show-all", {})
        self.host.move_on()
        self.host.move_on()
        (self.idea,) = self.ben.paper().ideas
        board = Browser(server.url)
        insist(board.get("/" + links["board_url"].split("/", 3)[3]), "the board's link", 303)
        self.roles = {
            "stranger": Browser(server.url),
            "participant": self.amina.browser,
            "board": board,
            "host": self.host.browser,
        }

    def _joins(self) -> Phone:
        phone = Phone(Browser(self.server.url), self.code)
        phone.join()
        return phone

    def listen(self) -> dict[str, Ear]:
        seats = {"phone": self.amina.browser, "board": self.roles["board"], "console": self.host.browser}
        ears = {section: Ear(self.server, browser, self.code, section) for section, browser in seats.items()}
        assert all(ear.is_in for ear in ears.values())
        return ears

    # --- what may happen; each says which sections may hear of it ---

    def scores(self, dice: random.Random) -> None:
        self.ben.score_by_form([Tap(self.idea, dice.choice("ABCDEFGHIJ"), dice.choice("12345"))])

    def relabels(self, dice: random.Random) -> None:
        self.host._sort(self.idea, "label", label=f"label {dice.randrange(1000)}")

    def blanks(self, _dice: random.Random) -> None:
        self.host._press("blank", {})

    def times(self, dice: random.Random) -> None:
        self.host._press("timer", {"minutes": str(dice.randint(1, 9))})

    def closes_and_reopens(self, _dice: random.Random) -> None:
        self.host.move_on()
        version = str(self.host.version())
        fields = {"version": version, "confirmation": self.title_of_event()}
        self.host._press("back", fields)

    def title_of_event(self) -> str:
        with closing(sqlite3.connect(self.server.database)) as connection:
            (title,) = connection.execute("SELECT title FROM event WHERE code = ?", [self.code]).fetchone()
        return str(json.loads(title)["en"])

    @property
    def deeds(self) -> list[tuple[Callable[[random.Random], None], set[str]]]:
        everywhere = {"phone", "board", "console"}
        return [
            (self.scores, {"board", "console"}),
            (self.relabels, {"board", "console"}),
            (self.blanks, {"board", "console"}),
            (self.times, everywhere),
            (self.closes_and_reopens, everywhere),
        ]


@pytest.fixture(scope="module")
def rooms(shared_server: Server) -> list[Room]:
    return [Room(shared_server, title) for title in ("Evening classes", "A van", "A telephone number")]


def test_only_those_hear_who_may_and_only_of_their_own_event(rooms: list[Room]) -> None:
    ears = [room.listen() for room in rooms]
    dice = random.Random(11)  # noqa: S311 - repeatable, not secret
    for number, room in enumerate(rooms):
        time.sleep(QUIET)
        before = [{section: len(ear.heard) for section, ear in around.items()} for around in ears]
        may_hear: set[str] = set()
        for _ in range(ACTIONS):
            deed, audience = dice.choice(room.deeds)
            deed(dice)
            may_hear |= audience
        time.sleep(QUIET)
        for other, around in enumerate(ears):
            for section, ear in around.items():
                new = ear.heard[before[other][section] :]
                allowed = {f'42["changed","{section}"]'} if other == number and section in may_hear else set()
                assert set(new) == allowed, f"{section} of event {other} heard {new} of event {number}"
    for around in ears:
        for ear in around.values():
            ear.close()


def test_what_phones_hear_of_is_the_day_and_its_set_up_and_no_idea_no_person_no_score() -> None:
    assert SECTIONS["phone"] == (*DAY, *SETUP, "criterion.")
    about_people = [action for action in SENTENCES if action.startswith(ABOUT_PEOPLE)]
    assert {f"{action.partition('.')[0]}." for action in about_people} == set(ABOUT_PEOPLE)
    assert [action for action in about_people if action.startswith(SECTIONS["phone"])] == []


def test_a_call_is_heard_by_the_phones_of_its_event_alone(rooms: list[Room]) -> None:
    own, other = rooms[0].listen(), rooms[1].listen()
    time.sleep(QUIET)  # boards and consoles are told who has come in
    before = {section: len(ear.heard) for section, ear in own.items()}
    elsewhere = {section: len(ear.heard) for section, ear in other.items()}
    rooms[0].host._press("together", {"version": str(rooms[0].host.version())})
    time.sleep(QUIET)
    news = {section: set(ear.heard[before[section] :]) for section, ear in own.items()}
    assert news == {"phone": {'42["changed","together"]'}, "board": set(), "console": {'42["changed","console"]'}}
    assert all(ear.heard[elsewhere[section] :] == [] for section, ear in other.items())
    for ear in (*own.values(), *other.values()):
        ear.close()


def said(own: Room, idea: str, name: str, role: str, section: str) -> Iterator[str]:
    """Everything that a socket in this role is told when it names this idea."""
    ear = Ear(own.server, own.roles[role], own.code, section)
    for number, value in enumerate((4, "recused", None, {"$ref": idea})):
        for criterion in ("A", None):
            ear.say(
                f"42{number + 1}"
                + json.dumps([name, {"seq": 10**6, "idea": idea, "criterion": criterion, "value": value}])
            )
    time.sleep(0.05)
    if ear.is_in:
        ear.ended.wait(0.2)
    yield from (packet for packet in ear.heard if "changed" not in packet)
    ear.close()


def test_no_event_of_a_socket_tells_anything_of_another_planning_day(app: Flask, rooms: list[Room]) -> None:
    """A foreign idea and one that does not exist are answered alike, whoever asks by whichever event."""
    own, foreign = rooms[0], rooms[1]
    before = rows(foreign)
    names = sorted(server().handlers["/"])
    assert app.extensions["hall"].seats == {}
    for name in names:
        for role, section in (("participant", "phone"), ("board", "board"), ("host", "console")):
            told = list(said(own, foreign.idea, name, role, section))
            assert told == list(said(own, "A" * len(foreign.idea), name, role, section))
            assert not any(foreign.idea in packet or foreign.title in packet for packet in told)
            assert not any('"ok":true' in packet for packet in told)
    assert rows(foreign) == before


def test_no_role_is_seated_where_it_does_not_belong(rooms: list[Room]) -> None:
    own, foreign = rooms[0], rooms[1]
    may = {"stranger": set(), "participant": {"phone"}, "board": {"board"}, "host": {"board", "console"}}
    for role, sections in may.items():
        for section in (*AUDIENCES, "", "admin"):
            seats = {code: Ear(own.server, own.roles[role], code, section) for code in (own.code, foreign.code, "1")}
            assert {code: ear.is_in for code, ear in seats.items()} == {
                own.code: section in sections,
                foreign.code: False,
                "1": False,
            }, f"{role} at {section}"
            for ear in seats.values():
                ear.close()


def rows(room: Room) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(room.server.database)) as connection:
        return connection.execute(
            "SELECT score.* FROM score JOIN ballot ON ballot.id = score.ballot_id"
            " JOIN event ON event.id = ballot.event_id WHERE event.code = ? ORDER BY 1, 2, 3",
            [room.code],
        ).fetchall()
