"""The tally as a plain dict would keep it: what a room's ballots must come to, whatever happened on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from facilitate.models.casting import Answer
from facilitate.queries.room import Row

Question = tuple[str, str, str, int]
"""Ballot, idea, criterion, round."""


@dataclass
class Oracle:
    levels: dict[str, tuple[str, ...]]
    is_open: bool = False
    shown: set[str] = field(default_factory=set)
    into: dict[str, str] = field(default_factory=dict)
    answers: dict[Question, tuple[int, str | None]] = field(default_factory=dict)
    stakes: dict[tuple[str, str], tuple[int, str | None]] = field(default_factory=dict)
    highest: dict[str, int] = field(default_factory=dict)
    round: int = 1
    rounds: dict[str, int] = field(default_factory=dict)
    """Idea to the round it is scored in, where that is not the first."""
    before: list[dict[str, int]] = field(default_factory=list)
    """For each round that is open or was: its ideas, and the rounds they had."""
    marked: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    """What came to the wall once scoring had opened."""
    fall_back: bool = False
    hands: dict[str, set[str]] | None = None
    """What each ballot was dealt; None where everybody scores everything."""

    def cast(self, ballot: str, idea: str, criterion: str | None, value: str | None, seq: int | None) -> Answer:
        """What this change does to the dict, and what its phone must be told."""
        refusal = self._refusal(ballot, idea, criterion, value)
        if refusal:
            return Answer(False, self.highest[ballot], refusal)
        seq = self.highest[ballot] + 1 if seq is None else seq
        self.highest[ballot] = max(self.highest[ballot], seq)
        kept = self._keep(ballot, idea, criterion, (seq, value))
        if kept == (seq, value):
            return Answer(True, self.highest[ballot])
        return Answer(False, kept[0], "superseded", kept[1])

    def _keep(
        self, ballot: str, idea: str, criterion: str | None, said: tuple[int, str | None]
    ) -> tuple[int, str | None]:
        """The newest stays."""
        if criterion is None:
            self.stakes[ballot, idea] = _newest(self.stakes.get((ballot, idea)), said)
            return self.stakes[ballot, idea]
        key = (ballot, idea, criterion, self.round)
        self.answers[key] = _newest(self.answers.get(key), said)
        return self.answers[key]

    def _refusal(self, ballot: str, idea: str, criterion: str | None, value: str | None) -> str | None:
        if not self.is_open:
            return "closed"
        if idea not in self.shown or self.round_of(idea) != self.round:
            return "gone"
        if self.hands is not None and idea not in self.hands[ballot]:
            return "gone"
        allowed = ("recused", None) if criterion is None else (*self.levels[criterion], "dont_know", None)
        return None if value in allowed else "invalid"

    # --- rounds ---

    def open_round(self) -> None:
        taken = self.marked & self.shown
        self.round += 1
        self.before.append({idea: self.round_of(idea) for idea in taken})
        self.rounds |= dict.fromkeys(taken, self.round)
        self.marked -= taken
        self.reopen()

    def reopen(self) -> None:
        """People score again; what came to the wall in between joins them."""
        self.is_open = True
        for idea in self.late & self.shown:
            self.take_in(idea)

    def leave_round(self) -> None:
        before = self.before.pop()
        left = {idea for idea, number in self.rounds.items() if number == self.round}
        self.rounds |= {idea: before.get(idea, self.round - 1) for idea in left}
        self.marked |= left
        self.round -= 1
        self.is_open = False

    def take_in(self, idea: str) -> None:
        """What nobody could answer before belongs to the round that is open."""
        self.shown.add(idea)
        self.late.add(idea)
        if self.is_open and not any(answered == idea for _, answered, _, _ in self.answers):
            self.rounds[idea] = self.round

    def round_of(self, idea: str) -> int:
        return self.rounds.get(idea, 1)

    def round_that_counts(self, home: str) -> int:
        return max(self.round_of(idea) for idea in (home, *self.into) if self.home(idea) == home)

    # --- the count ---

    def home(self, idea: str) -> str | None:
        """The idea in the ranking that this one counts for."""
        while idea in self.into:
            idea = self.into[idea]
        return idea if idea in self.shown else None

    def rows(self) -> set[Row]:
        recused = {(self.home(idea), ballot) for (ballot, idea), (_, said) in self.stakes.items() if said}
        newest: dict[Question, tuple[int, str]] = {}
        for (ballot, idea, criterion, number), (seq, value) in self.answers.items():
            home = self.home(idea)
            if home is None or value is None or (home, ballot) in recused:
                continue
            key = (ballot, home, criterion, number)
            if key not in newest or newest[key][0] < seq:
                newest[key] = (seq, value)
        counted: dict[tuple[str, str, str], Row] = {}
        for (ballot, home, criterion, number), (seq, value) in sorted(newest.items(), key=lambda one: one[0][3]):
            last = self.round_that_counts(home)
            if number == last or (self.fall_back and number < last):
                counted[ballot, home, criterion] = Row(home, criterion, ballot, value, number, seq)
        out = {
            Row(home, code, ballot, "recused", self.round_that_counts(home))
            for home, ballot in recused
            if home
            for code in self.levels
        }
        return {*counted.values(), *out}


def _newest(kept: tuple[int, str | None] | None, said: tuple[int, str | None]) -> tuple[int, str | None]:
    return said if kept is None or said[0] > kept[0] else kept
