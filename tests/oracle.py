"""The tally as a plain dict would keep it: what a room's ballots must come to, whatever happened on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from facilitate.models.casting import Answer
from facilitate.queries.room import Row

Question = tuple[str, str, str]
"""Ballot, idea, criterion."""


@dataclass
class Oracle:
    levels: dict[str, tuple[str, ...]]
    is_open: bool = False
    shown: set[str] = field(default_factory=set)
    into: dict[str, str] = field(default_factory=dict)
    answers: dict[Question, tuple[int, str | None]] = field(default_factory=dict)
    stakes: dict[tuple[str, str], tuple[int, str | None]] = field(default_factory=dict)
    highest: dict[str, int] = field(default_factory=dict)

    def cast(self, ballot: str, idea: str, criterion: str | None, value: str | None, seq: int | None) -> Answer:
        """What this change does to the dict, and what its phone must be told."""
        refusal = self._refusal(idea, criterion, value)
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
        key = (ballot, idea, criterion)
        self.answers[key] = _newest(self.answers.get(key), said)
        return self.answers[key]

    def _refusal(self, idea: str, criterion: str | None, value: str | None) -> str | None:
        if not self.is_open:
            return "closed"
        if idea not in self.shown:
            return "gone"
        allowed = ("recused", None) if criterion is None else (*self.levels[criterion], "dont_know", None)
        return None if value in allowed else "invalid"

    def home(self, idea: str) -> str | None:
        """The idea in the ranking that this one counts for."""
        while idea in self.into:
            idea = self.into[idea]
        return idea if idea in self.shown else None

    def rows(self) -> set[Row]:
        recused = {(self.home(idea), ballot) for (ballot, idea), (_, said) in self.stakes.items() if said}
        newest: dict[Question, tuple[int, str]] = {}
        for (ballot, idea, criterion), (seq, value) in self.answers.items():
            home = self.home(idea)
            if home is None or value is None or (home, ballot) in recused:
                continue
            key = (ballot, home, criterion)
            if key not in newest or newest[key][0] < seq:
                newest[key] = (seq, value)
        counted = {Row(idea, criterion, ballot, said, seq) for (ballot, idea, criterion), (seq, said) in newest.items()}
        out = {Row(home, code, ballot, "recused") for home, ballot in recused if home for code in self.levels}
        return counted | out


def _newest(kept: tuple[int, str | None] | None, said: tuple[int, str | None]) -> tuple[int, str | None]:
    return said if kept is None or said[0] > kept[0] else kept
