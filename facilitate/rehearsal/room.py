"""A whole planning day, act by act, played by a simulated room against a served application."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from facilitate.errors import Refusal
from facilitate.rehearsal.browser import Browser, insist
from facilitate.rehearsal.cast import HAS_STAKE, NOISE, Cast, Person, Thought
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.offers import Offers, fitting
from facilitate.rehearsal.phone import Phone, Tap

T = TypeVar("T")
DOOR_WIDTH = 16
"""How many people do something on their phones in the same moment, outside scoring."""
USUAL = 3.0
"""The worth of an idea from which on people would keep it."""
STEPS = 40
"""More steps than any agenda has; whoever has not arrived by then is lost."""


@dataclass
class Room:
    """The people with their phones, the host, and what became of each idea."""

    url: str
    code: str
    cast: Cast
    host: Host
    say: Callable[[str], None]
    phones: list[Phone] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    """Key of a thought to the id that the server gave it."""
    problems: list[str] = field(default_factory=list)
    """What was already wrong while it happened."""
    scoring_seconds: float = 0.0

    # --- the day ---

    def play(self) -> None:
        self.join(self.host.begin_rehearsal())
        self.collect()
        self.sort()
        self.open_scoring()
        self.score()
        self.close_scoring()
        self.reveal()

    def join(self, pass_: str) -> None:
        """Everybody comes in with the pass of the rehearsal and says who they are, as far as they like."""
        self.phones = self.all_at_once(lambda person: self.let_in(person, pass_))
        self.say(f"{len(self.phones)} people joined.")

    def let_in(self, person: Person, pass_: str) -> Phone:
        phone = Phone(Browser(self.url, person.language), self.code)
        door = insist(phone.browser.get(f"/{self.code}?rehearsal={pass_}"), "the door", 200)
        own = dict(fitting([("group", person.group), ("community", person.community)], Offers(door.text).values))
        phone.join(**own, organization=person.organization, language=person.language, rehearsal=pass_)
        return phone

    def collect(self) -> None:
        self.go_to("collect")
        by_author: dict[int, list[Thought]] = {}
        for thought in self.cast.thoughts:
            by_author.setdefault(self.cast.authors[thought.key], []).append(thought)

        form = Offers(self.phones[0].home().text).values

        def write(person: Person) -> None:
            for thought in by_author.get(person.number, ()):
                self.phones[person.number].submit(fitting(thought.fields(), form))

        self.all_at_once(write)
        evidence = sum(len(thought.evidence) for thought in self.cast.thoughts)
        self.say(f"{len(self.cast.thoughts)} ideas sent, with {evidence} pieces of evidence.")

    def sort(self) -> None:
        """Approve what is new, merge what says the same, set aside what names somebody."""
        self.go_to("sort")
        titles = {thought.title: thought.key for thought in self.cast.thoughts}
        found = self.host.ideas("shown", titles) | self.host.ideas("waiting", titles)
        self.ids = {titles[title]: idea for title, idea in found.items()}
        missing = [thought.title for thought in self.cast.thoughts if thought.key not in self.ids]
        if missing:
            raise Refusal(f"The console does not show {len(missing)} of the ideas that were sent: {missing[0]}")
        for thought in self.cast.scored:
            self.host.show(self.ids[thought.key])
        for thought in self.cast.thoughts:
            if thought.same_as:
                self.host.merge(self.ids[thought.key], self.ids[thought.same_as])
            elif thought.set_aside:
                self.host.hide(self.ids[thought.key], thought.set_aside)
        merged = sum(bool(thought.same_as) for thought in self.cast.thoughts)
        aside = sum(bool(thought.set_aside) for thought in self.cast.thoughts)
        self.say(f"{len(self.cast.scored)} ideas on the wall; {merged} merged, {aside} set aside.")

    def open_scoring(self) -> None:
        """Whatever the agenda has before scoring is played on the way: a cut-off vote, weights by the room."""
        steps = {"vote": self.vote, "weigh": self.weigh}
        for _ in range(STEPS):
            activity = self.phones[0].paper().activity
            if activity == "score":
                break
            if activity in steps:
                self.all_at_once(steps[activity])
            self.host.move_on()
        self.go_to("score")
        if self.host.export("ranking.csv").status != 409:
            self.problems.append("While scoring was open, the server did not refuse ranking.csv.")

    def vote(self, person: Person) -> None:
        """Keep what seems good, and a few others."""
        dice = person.dice("vote")
        keeps = [self.ids[thought.key] for thought in self.cast.scored if dice.gauss(thought.worth, NOISE) > USUAL]
        self.phones[person.number].vote(keeps)

    def weigh(self, person: Person) -> None:
        """Twenty times five points, each to whatever comes to mind."""
        phone, dice = self.phones[person.number], person.dice("weigh")
        criteria = list(phone.paper().levels)
        given = Counter(dice.choice(criteria) for _ in range(20))
        phone.weigh({criterion: 5 * given[criterion] for criterion in criteria})

    def score(self) -> None:
        """Everybody scores everything, each in the order that their own phone deals."""
        self.say("Scoring …")
        began = time.monotonic()
        self.all_at_once(self.score_everything, len(self.phones))
        self.scoring_seconds = time.monotonic() - began
        count = sum(len(phone.waits) for phone in self.phones)
        rate = count / self.scoring_seconds if self.scoring_seconds else 0
        self.say(f"{count:,} taps in {self.scoring_seconds:.1f} s: {rate:,.0f} a second, each acknowledged.")

    def score_everything(self, person: Person) -> None:
        phone = self.phones[person.number]
        try:
            phone.connect()
        except OSError as error:
            raise Refusal(f"Phone {person.number + 1} got no socket: {error}") from error
        phone.score(self.taps(person, phone))
        phone.finish()

    def taps(self, person: Person, phone: Phone) -> Iterator[Tap]:
        """One person's way through the ballot; at the end some notice that they have a stake, and some take it back."""
        paper = phone.paper()
        thoughts = {self.ids[thought.key]: thought for thought in self.cast.scored}
        dealt = [idea for idea in paper.ideas if idea in thoughts]
        for idea in dealt:
            for criterion, value in person.answers(thoughts[idea], paper.levels):
                yield Tap(idea, criterion, value)
        dice = person.dice("stake")
        if dealt and dice.random() < HAS_STAKE:
            idea = dice.choice(dealt)
            yield Tap(idea, None, "recused")
            if dice.random() < 0.3:
                yield Tap(idea, None, None)

    def close_scoring(self) -> None:
        """Closing is a line: an answer after it is refused, and told so."""
        self.go_to("reveal")
        phone = self.phones[0]
        for (idea, criterion), value in list(phone.said.items())[:1]:
            before, kept = dict(phone.saved), phone.said.copy()
            phone.score([Tap(idea, criterion, value)])
            if phone.saved != before:
                self.problems.append("An answer was taken after scoring had been closed.")
            phone.said = kept
            phone.refused.pop((idea, criterion), None)
        for phone in self.phones:
            phone.hang_up()

    def reveal(self) -> None:
        self.host.reveal()
        self.say("Scoring closed, results revealed.")

    # --- stage directions ---

    def go_to(self, activity: str) -> None:
        """The host presses the one next button until the phones show this activity."""
        for _ in range(STEPS):
            if self.phones[0].paper().activity == activity:
                return
            self.host.move_on()
        raise Refusal(f"The agenda of this event has no activity “{activity}”, so it cannot be rehearsed.")

    def all_at_once(self, deed: Callable[[Person], T], width: int = DOOR_WIDTH) -> list[T]:
        with ThreadPoolExecutor(max(1, width)) as crowd:
            return list(crowd.map(deed, self.cast.people))
