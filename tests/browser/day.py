"""A planning day that is quickly at the point where a test begins. Its host and most of its people have no window."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import text

from facilitate import presets
from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone, Tap
from tests.browser.person import LAPTOP, PROJECTOR, People, Person
from tests.real.phones import Stored, behind, stored
from tests.real.server import Server

TITLES = (
    "Evening classes with child minding",
    "Un guichet francophone à Chatham",
    "دروس مسائية مع رعاية الأطفال",
    "A van that visits the greenhouses",
    "A number to call on weekends",
)
EVIDENCE = {"evidence-0-type": "report", "evidence-0-text": "Our notes.", "evidence-0-link": "https://example.org/a"}
STEPS = ("welcome", "collect", "sort", "score", "reveal", "wrap_up")
TITLE = presets.load("ircc-planning-day")["title"]["en"]
ADDED = ("vote", "weigh")
"""Steps that a host may put in before scoring."""
ENOUGH = 5
"""So many people must score an idea before it is ranked."""


class Day:
    """One event with its links, its host, and whoever came in without a window."""

    def __init__(self, server: Server, links: dict[str, str]) -> None:
        self.server, self.links = server, links
        self.code = self.links["code"]
        self.host = Host(self.links["console_url"], self.code)
        self.phones: list[Phone] = []
        self.ids: dict[str, str] = {}
        """Title to id, of the ideas that were sent here."""

    # --- the host ---

    def open_doors(self) -> None:
        self.press("open", version=str(self.host.version()))

    def press(self, button: str, **fields: str) -> None:
        self.host._press(button, fields)

    def go_to(self, activity: str) -> None:
        for _ in (*STEPS, *ADDED):
            if self.activity == activity:
                return
            self.host.move_on()
        raise AssertionError(f"the day never came to “{activity}”")

    @property
    def activity(self) -> str:
        return str(
            self._found(
                "SELECT activity.key FROM activity JOIN event ON event.id = activity.event_id"
                " WHERE event.code = :code AND activity.position = event.position"
            )
        )

    def _found(self, statement: str) -> Any:
        with behind(self.server.store) as connection:
            return connection.execute(text(statement), {"code": self.code}).scalar_one()

    # --- people without a window ---

    def join(self, count: int = 1, **fields: str) -> list[Phone]:
        came = [Phone(Browser(self.server.url, fields.get("language", "en")), self.code) for _ in range(count)]
        for phone in came:
            phone.join(**fields)
        self.phones += came
        return came

    def send_ideas(self, ideas: Iterable[str | Mapping[str, str]] = TITLES, *, author: Phone | None = None) -> None:
        """Everything is sent by one phone, and put on the wall."""
        author = author or self.join()[0]
        said = [{"title": idea} if isinstance(idea, str) else dict(idea) for idea in ideas]
        for number, idea in enumerate(said):
            kind = ("gap", "issue", "opportunity")[number % 3]
            author.submit(list({"kind": kind, "sector": "language", **idea}.items()))
        self.ids |= self.host.ideas("waiting", [idea["title"] for idea in said])

    def find(self, titles: Iterable[str]) -> dict[str, str]:
        """The ids of ideas that somebody else has sent."""
        found = self.host.ideas("waiting", titles)
        self.ids |= found
        return found

    def show(self, titles: Iterable[str] | None = None) -> None:
        for title in self.ids if titles is None else titles:
            self.host.show(self.ids[title])

    def score(self, count: int = ENOUGH, *, leave_out: int = 0, **fields: str) -> None:
        """So many people come in and score everything, each a little differently."""
        for number, phone in enumerate(self.join(count, **fields)):
            paper = phone.paper()
            taps = [
                Tap(idea, criterion, levels[(place + number // 3) % len(levels)])
                for place, idea in enumerate(sorted(paper.ideas))
                for criterion, levels in list(paper.levels.items())[leave_out:]
            ]
            for start in range(0, len(taps), 50):
                phone.score_by_form(taps[start : start + 50])

    def until(self, activity: str) -> None:
        """Play the day up to here, with five ideas on the wall and, once it is over, five ballots."""
        self.open_doors()
        for step in STEPS[1 : STEPS.index(activity) + 1]:
            self.go_to(step)
            if step == "collect" and activity != "collect":
                self.send_ideas()
            if step == "sort":
                self.show()
            if step == "score" and activity != "score":
                self.score()

    def reveal(self) -> None:
        self.host.reveal()

    def deal(self, per_person: int) -> None:
        """Before scoring opens: each person scores so many ideas."""
        self._change("UPDATE event SET per_person = :size WHERE code = :code", size=per_person)

    def rename(self, title: Mapping[str, str], *, steps: Mapping[str, str]) -> None:
        """Other names for the day, and for all that is on its agenda."""
        self._change("UPDATE event SET title = :title WHERE code = :code", title=json.dumps(title))
        self._change(
            "UPDATE activity SET title = :title WHERE event_id = (SELECT id FROM event WHERE code = :code)",
            title=json.dumps(steps),
        )

    def welcome_with(self, words: Mapping[str, str], *, convenors: Iterable[str]) -> None:
        """What the welcome says first, and who convenes the day."""
        self._change("UPDATE event SET acknowledgement = :words WHERE code = :code", words=json.dumps(words))
        for place, name in enumerate(convenors):
            self._change(
                "INSERT INTO convenor (public_id, event_id, position, name, width, height)"
                " SELECT :public, id, :place, :name, 0, 0 FROM event WHERE code = :code",
                public=f"{self.code}-{place}",
                place=place,
                name=name,
            )

    def mark(self, *titles: str) -> None:
        """To be talked about and scored again."""
        for title in titles:
            self._change("UPDATE idea SET is_marked = true WHERE public_id = :idea", idea=self.ids[title])

    def score_again(self) -> None:
        self.press("score-again", version=str(self.host.version()), confirmation=TITLE)

    def score_hand(self, phone: Phone) -> None:
        """Everything that this phone was dealt."""
        paper = phone.paper()
        taps = [Tap(idea, criterion, levels[-1]) for idea in paper.ideas for criterion, levels in paper.levels.items()]
        for start in range(0, len(taps), 50):
            phone.score_by_form(taps[start : start + 50])

    def _change(self, statement: str, **more: object) -> None:
        with behind(self.server.store, writing=True) as connection:
            connection.execute(text(statement), {"code": self.code, **more})

    # --- people with a window ---

    def participant(self, people: People, **looks: Any) -> tuple[Person, Phone]:
        """Somebody who has joined; the phone is the same person without the window."""
        (phone,) = self.join(language=looks.get("language", "en"))
        person = people.come(self.server.url, **looks)
        person.lend(phone.browser)
        return person, phone

    def console(self, people: People, **looks: Any) -> Person:
        person = people.come(self.server.url, **{"size": LAPTOP, **looks})
        person.visit(self.links["console_url"])
        return person

    def board(self, people: People, **looks: Any) -> Person:
        person = people.come(self.server.url, **{"size": PROJECTOR, **looks})
        person.visit(self.links["board_url"])
        return person

    # --- behind the curtain ---

    def stored(self, phone: Phone) -> Stored:
        return stored(self.server.store, phone)

    def answers(self, phone: Phone) -> dict[tuple[str, str | None], str | None]:
        """What the database holds for this phone: idea and criterion to the value."""
        return {key: value for key, (_seq, value) in self.stored(phone).items()}

    def count_scores(self) -> int:
        return int(
            self._found(
                "SELECT count(*) FROM score JOIN idea ON idea.id = score.idea_id"
                " JOIN event ON event.id = idea.event_id WHERE event.code = :code"
            )
        )

    def seq(self, phone: Phone) -> int:
        """The highest number that the server took from this phone, as the interface for machines says it."""
        return int(json.loads(phone.browser.get(f"/api/v1/events/{self.code}").body)["seq"])


def shortlist(day: Day) -> None:
    """The call asks for everything."""
    with behind(day.server.store, writing=True) as connection:
        connection.execute(text("UPDATE idea SET is_shortlisted = true"))
