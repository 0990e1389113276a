"""Whatever order a day takes, its ballots come to what a plain dict says (T2)."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from facilitate.ballots import ScoreWriter
from facilitate.extensions import db
from facilitate.models import Hand, Idea
from facilitate.models.casting import Change
from facilitate.queries import room
from tests.builders import FAY, NAMES, THREE, Play, _known
from tests.oracle import Oracle
from tests.sizes import size

LEVELS = {one["code"]: tuple(level["value"] for level in one["levels"]) for one in THREE}
VALUES = sorted({value for levels in LEVELS.values() for value in levels})
PEOPLE, IDEAS = 3, 4
people = st.integers(0, PEOPLE - 1)
ideas = st.integers(0, IDEAS - 1)
criteria = st.sampled_from([*LEVELS, None])
values = st.sampled_from([*VALUES, "dont_know", "recused", None])


class ScoringDay(RuleBasedStateMachine):
    """A room, its host, and beside them the dict."""

    app: ClassVar[Flask]

    @initialize(per_person=st.sampled_from([None, 2]), fall_back=st.booleans())
    def opens(self, per_person: int | None, *, fall_back: bool) -> None:
        self.day = Play(self.app, criteria=THREE, per_person=per_person, fall_back=fall_back).joins(*NAMES[:PEOPLE])
        self.day.until("collect")
        self.ideas = [self.day.sends(f"Idea {number}") for number in range(IDEAS)]
        self.dict = Oracle(LEVELS, shown=set(self.ideas), fall_back=fall_back, hands={} if per_person else None)
        self.sent: list[Change] = []
        for name in NAMES[:PEOPLE]:
            self.dict.highest[self.day.ballots[name]] = 0
        self.open_scoring()

    def ballot(self, person: int) -> str:
        return self.day.ballots[sorted(self.day.ballots)[person]]

    def send(self, *changes: Change) -> None:
        """Both are told, and say the same."""
        if self.dict.hands is not None:
            self.dict.hands = self.hands()
        writer: ScoreWriter = self.app.extensions["score_writer"]
        with self.app.app_context():
            told = writer.cast(list(changes))
        expected = [self.dict.cast(one.ballot_id, one.idea, one.criterion, one.value, one.seq) for one in changes]
        self.sent += changes
        assert told == expected

    def hands(self) -> dict[str, set[str]]:
        """What was dealt is chance; that it is obeyed is not."""
        found: dict[str, set[str]] = {ballot: set() for ballot in self.day.ballots.values()}
        with self.day.event() as event:
            of_event = select(Hand.ballot_id, Idea.public_id).join(Idea, Idea.id == Hand.idea_id)
            for ballot, idea in db.session.execute(of_event.where(Idea.event_id == event.id)):
                found[ballot].add(idea)
        return found

    def change(self, person: int, idea: int, criterion: str | None, value: str | None, seq: int | None) -> Change:
        return Change(self.day.id, self.ballot(person), self.ideas[idea], criterion, value, seq)

    def next_seq(self, person: int) -> int:
        return self.dict.highest[self.ballot(person)] + 1

    # --- phones ---

    @rule()
    def joins(self) -> None:
        """Somebody else comes in, and is somebody else."""
        if len(self.day.ballots) < PEOPLE + 2:
            name = NAMES[len(self.day.ballots)]
            self.day.joins(name)
            self.dict.highest[self.day.ballots[name]] = 0

    @rule(person=people, idea=ideas, criterion=criteria, value=values)
    def taps(self, person: int, idea: int, criterion: str | None, value: str | None) -> None:
        self.send(self.change(person, idea, criterion, value, self.next_seq(person)))

    @rule(person=people, idea=ideas, criterion=criteria)
    def clears(self, person: int, idea: int, criterion: str | None) -> None:
        self.send(self.change(person, idea, criterion, None, self.next_seq(person)))

    @rule(person=people, idea=ideas, criterion=criteria, value=values)
    def taps_without_script(self, person: int, idea: int, criterion: str | None, value: str | None) -> None:
        self.send(self.change(person, idea, criterion, value, None))

    @rule(data=st.data())
    def repeats(self, data: st.DataObject) -> None:
        """Something that was sent before arrives once more; without a number it would be a new tap."""
        numbered = [change for change in self.sent if change.seq is not None]
        if numbered:
            self.send(data.draw(st.sampled_from(numbered)))

    @rule(
        person=people,
        taps=st.lists(st.tuples(ideas, criteria, values), min_size=2, max_size=5),
        order=st.randoms(use_true_random=False),
    )
    def taps_arrive_in_another_order(
        self, person: int, taps: list[tuple[int, str | None, str | None]], order: Random
    ) -> None:
        first = self.next_seq(person)
        changes = [self.change(person, *tap, first + number) for number, tap in enumerate(taps)]
        order.shuffle(changes)
        for change in changes:
            self.send(change)

    # --- the host ---

    def open_scoring(self) -> None:
        self.day.until("score")
        self.dict.is_open = True

    @precondition(lambda self: self.dict.is_open)
    @rule()
    def closes(self) -> None:
        self.day.until("reveal")
        self.dict.is_open = False
        self.agrees()

    @precondition(lambda self: not self.dict.is_open)
    @rule()
    def reopens(self) -> None:
        self.day.goes_back()
        self.dict.reopen()

    @precondition(lambda self: not self.dict.is_open)
    @rule(one=ideas)
    def opens_another_round(self, one: int) -> None:
        if self.ideas[one] in self.dict.shown:
            self.day.scores_again(self.ideas[one])
            self.dict.marked.add(self.ideas[one])
            self.dict.open_round()

    @precondition(lambda self: self.dict.is_open and self.dict.round > 1)
    @rule()
    def leaves_the_round(self) -> None:
        self.day.goes_back()
        self.dict.leave_round()
        self.agrees()

    @precondition(lambda self: not self.dict.is_open)
    @rule(one=ideas, other=ideas)
    def merges(self, one: int, other: int) -> None:
        idea, into = self.ideas[one], self.ideas[other]
        if {idea, into} <= self.dict.shown and len(self.dict.shown) > 2 and idea != into:
            self.day.merges(idea, into)
            self.dict.shown.discard(idea)
            self.dict.into = {child: into if home == idea else home for child, home in self.dict.into.items()}
            self.dict.into[idea] = into
            self.agrees()

    @precondition(lambda self: not self.dict.is_open)
    @rule(one=ideas)
    def splits(self, one: int) -> None:
        if self.ideas[one] in self.dict.into:
            self.day.splits(self.ideas[one])
            del self.dict.into[self.ideas[one]]
            self.dict.take_in(self.ideas[one])
            self.agrees()

    @rule(one=ideas)
    def sets_aside(self, one: int) -> None:
        if self.ideas[one] in self.dict.shown and len(self.dict.shown) > 2:
            self.day.sets_aside(self.ideas[one], note="not ours")
            self.dict.shown.discard(self.ideas[one])

    @rule(one=ideas)
    def takes_in_again(self, one: int) -> None:
        if self.ideas[one] not in self.dict.shown and self.ideas[one] not in self.dict.into:
            with self.day.event() as event:
                _known(event, self.ideas[one]).show(by=FAY)
            self.dict.take_in(self.ideas[one])

    def agrees(self) -> None:
        with self.day.event() as event:
            rows = room.rows(event)
        assert len(rows) == len(set(rows))
        assert set(rows) == self.dict.rows()

    def teardown(self) -> None:
        if hasattr(self, "day"):
            self.agrees()


def run(machine: type[ScoringDay], app: Flask) -> None:
    machine.app = app
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=size(pr=25, soak=5000),
            stateful_step_count=size(pr=30, soak=50),
            phases=[Phase.generate],
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_day_comes_to_what_a_dict_says(app: Flask) -> None:
    run(ScoringDay, app)


def test_a_dict_that_keeps_what_arrives_last_disagrees(app: Flask) -> None:
    """The control: with an oracle that is wrong in this one point the same days are told apart."""

    class Forgetful(ScoringDay):
        def send(self, *changes: Change) -> None:
            for change in changes:
                self.dict.answers.pop((change.ballot_id, change.idea, change.criterion or "", self.dict.round), None)
            super().send(*changes)

    try:
        run(Forgetful, app)
    except AssertionError:
        return
    raise AssertionError("nobody noticed")
