"""Headway: how far every ballot is, kept in memory while scoring is open, so that counting a hall costs little.

A ballot is two numbers whose bits are its places (an idea under a criterion): answered at all, and answered with a
level. Counts only: what was answered is not here. The database stays the truth; after a start it is read once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from facilitate.models.casting import Mark


@dataclass
class Sheets:
    """All ballots of one round of one event."""

    round: int
    places: dict[tuple[int, int], int] = field(default_factory=dict)
    """Idea and criterion to its bit."""
    answered: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    newer: set[tuple[str, int, int]] | None = field(default_factory=set)
    """While the database is being read: what was written meanwhile, and is newer than what is read."""

    def note(self, one: Mark) -> None:
        """What was just committed."""
        if self.newer is not None:
            self.newer.add((one.ballot_id, one.idea_id, one.criterion_id))
        self._mark(one)

    def fill(self, marks: Iterable[Mark]) -> None:
        """What the database held at some moment after these sheets began to be kept."""
        newer = self.newer if self.newer is not None else set()
        for one in marks:
            if (one.ballot_id, one.idea_id, one.criterion_id) not in newer:
                self._mark(one)
        self.newer = None

    def _mark(self, one: Mark) -> None:
        bit = self._bit(one.idea_id, one.criterion_id)
        _set(self.answered, one.ballot_id, bit, on=one.is_answered)
        _set(self.numbers, one.ballot_id, bit, on=one.is_number)

    def _bit(self, idea: int, criterion: int) -> int:
        place = (idea, criterion)
        if place not in self.places:
            self.places[place] = 1 << len(self.places)
        return self.places[place]

    def masks(self) -> dict[int, int]:
        """Idea to the bits of all its places."""
        masks: dict[int, int] = {}
        for (idea, _), bit in self.places.items():
            masks[idea] = masks.get(idea, 0) | bit
        return masks

    def count(self, ideas: Iterable[int], kept_out: dict[str, set[int]]) -> dict[str, int]:
        """Ballot to how many places it has answered on these ideas, without those that it keeps out of."""
        masks = self.masks()
        whole = _union(masks, ideas)
        return {
            ballot: (bits & whole & ~_union(masks, kept_out.get(ballot, ()))).bit_count()
            for ballot, bits in self.answered.items()
        }

    def scorers(self, ideas: Iterable[int], ballots: Iterable[str]) -> dict[int, int]:
        """Idea to how many of these ballots gave it at least one level."""
        masks = self.masks()
        sheets = [self.numbers[ballot] for ballot in ballots if ballot in self.numbers]
        return {idea: sum(1 for bits in sheets if bits & masks.get(idea, 0)) for idea in ideas}


class Headway:
    """The sheets of all events that are scored in this process."""

    def __init__(self) -> None:
        self.sheets: dict[int, Sheets] = {}

    def note(self, marks: Iterable[Mark]) -> None:
        """Keep up with what was just committed. Events that nobody asked about are read when somebody does."""
        for mark in marks:
            known = self.sheets.get(mark.event_id)
            if known is not None and known.round == mark.round:
                known.note(mark)

    def known(self, event_id: int, round_: int) -> Sheets | None:
        """The event's sheets, if they were read before."""
        sheets = self.sheets.get(event_id)
        return sheets if sheets is not None and sheets.round == round_ and sheets.newer is None else None

    def read(self, event_id: int, round_: int, marks: Iterable[Mark]) -> Sheets:
        """Take over what the database holds. The marks are asked for once keeping up has begun."""
        sheets = self.sheets[event_id] = Sheets(round_)
        sheets.fill(marks)
        return sheets


def _set(sheet: dict[str, int], ballot: str, bit: int, *, on: bool) -> None:
    bits = sheet.get(ballot, 0)
    sheet[ballot] = bits | bit if on else bits & ~bit


def _union(masks: dict[int, int], ideas: Iterable[int]) -> int:
    whole = 0
    for idea in ideas:
        whole |= masks.get(idea, 0)
    return whole
