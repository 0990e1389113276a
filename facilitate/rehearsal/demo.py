"""A room for somebody with two minutes: scoring is under way, people still come in, and the board moves."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from random import Random

from facilitate.errors import Refusal
from facilitate.rehearsal.browser import Browser, Unreachable
from facilitate.rehearsal.cast import Person, cast
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone
from facilitate.rehearsal.room import Room

PEOPLE, EARLY, IDEAS, SEED = 48, 16, 24, 2018
"""Who takes part, how many of them are there from the start, and what they talk about."""
BEHIND = 80
"""Answers that an early person has given already when the visitor first looks."""
ARRIVAL, THINKING = (0.5, 4.0), (0.3, 2.5)
"""Seconds between two late arrivals, and between two taps of one person."""


class DemoRoom(Room):
    """The same room as in a rehearsal, but in no hurry."""

    def play_slowly(self, pass_: str) -> None:
        """All acts up to scoring at once; from there on everybody takes their time."""
        dice = Random(SEED)
        everybody = self.cast.people
        self.cast = replace(self.cast, people=everybody[:EARLY])
        self.join(pass_)
        self.collect()
        self.sort()
        self.open_scoring()
        for person, phone in zip(self.cast.people, self.phones, strict=True):
            self.start(person, phone, dice.randrange(BEHIND))
        for person in everybody[EARLY:]:
            time.sleep(dice.uniform(*ARRIVAL))
            self.start(person, self.let_in(person, pass_), 0)

    def start(self, person: Person, phone: Phone, behind: int) -> None:
        threading.Thread(target=self.score_slowly, args=(person, phone, behind), daemon=True).start()

    def score_slowly(self, person: Person, phone: Phone, behind: int) -> None:
        """Until all is scored, or the visitor closes scoring: then a phone is put down."""
        try:
            phone.connect()
            for place, tap in enumerate(self.taps(person, phone)):
                if place >= behind:
                    time.sleep(person.dice(f"pause {place}").uniform(*THINKING))
                phone.score([tap])
                if phone.refused:
                    break
            else:
                phone.finish()
            self.stay(phone)
        except (Refusal, OSError):
            phone.hang_up()

    @staticmethod
    def stay(phone: Phone) -> None:
        """Keep the phone in the room: it is counted as long as it answers."""
        while phone.line:
            phone.line.answer(patience=60)


def play(url: str, code: str, console_url: str, pass_: str) -> None:
    """Fill the event that was made for the demo; runs beside the server."""
    wait_for(url)
    people = cast(PEOPLE, IDEAS, SEED)
    early = replace(people, authors={key: number % EARLY for key, number in people.authors.items()})
    room = DemoRoom(url, code, early, Host(console_url, code), say=lambda _line: None)
    try:
        room.play_slowly(pass_)
    except Refusal:
        return  # the visitor ran the day another way, or has gone


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            Browser(url).get("/healthz")
            return
        except Unreachable:
            time.sleep(0.1)
