"""Too many ideas for the time: everybody scores some, every idea gets enough scorers (R16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from random import Random
from typing import TypeVar

from facilitate.scoring.errors import BadInput

ENOUGH = 12  # scorers per idea for a stable range
SECONDS = 6  # planning value for one answer
Name = TypeVar("Name", str, int)


@dataclass(frozen=True)
class Plan:
    """What dealing would give: ideas per person, the fewest scorers an idea gets, and the minutes it takes."""

    ideas: int
    people: int
    per_person: int
    scorers: int
    minutes: int

    @property
    def enough(self) -> bool:
        return self.scorers >= ENOUGH

    @property
    def everything(self) -> bool:
        return self.per_person == self.ideas


def plan(*, ideas: int, people: int, criteria: int, minutes: int) -> Plan:
    """How many ideas fit into the minutes, and how many scorers each idea then gets at least.

    Raises BadInput for a number below 1.
    """
    for name, value in (("ideas", ideas), ("people", people), ("criteria", criteria), ("minutes", minutes)):
        if value < 1:
            raise BadInput(f"{name} is 1 or more", value=value)
    fitting = min(ideas, max(1, minutes * 60 // (SECONDS * criteria)))
    taken = ceil(fitting * criteria * SECONDS / 60)
    return Plan(ideas, people, fitting, people * fitting // ideas, taken)


def needed_per_person(*, ideas: int, people: int, enough: int = ENOUGH) -> int:
    """How many ideas each person has to score so that every idea gets enough scorers; never more than there are."""
    return min(ideas, ceil(enough * ideas / people))


def deal(scorers: Mapping[Name, int], size: int, random: Random) -> list[Name]:
    """The ideas for the next person: those with the fewest scorers (dealt or done), ties by chance, in random order."""
    names = sorted(scorers)
    random.shuffle(names)
    chosen = sorted(names, key=lambda idea: scorers[idea])[:size]
    random.shuffle(chosen)
    return chosen


def deal_all(ideas: list[str], people: int, size: int, random: Random) -> list[list[str]]:
    """A hand for everybody; no two ideas differ by more than one scorer."""
    scorers = dict.fromkeys(ideas, 0)
    hands = []
    for _ in range(people):
        hands.append(deal(scorers, size, random))
        for idea in hands[-1]:
            scorers[idea] += 1
    return hands
