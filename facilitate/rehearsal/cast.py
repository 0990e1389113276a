"""Who is in the simulated room, and what they think. The same seed gives the same room."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from facilitate import presets

PRESET = "ircc-planning-day"
"""`ideas.toml` speaks the words of this preset: its kinds, sectors, groups and evidence types."""
TWISTS = (
    "in the evening",
    "in the county",
    "for seniors",
    "for young people",
    "by phone",
    "in winter",
    "in first languages",
    "with the library",
)
"""What makes a new idea of one that is on the list already, where more are asked for."""
NOISE, LENIENCY = 0.9, 0.5
"""Spread of one person's answers around what the room would agree on, and of how strict people are."""
DONT_KNOW, CHANGED, HAS_STAKE = 0.04, 0.03, 0.15
"""Shares: answers that are "I don't know"; answers given a second time; people with a stake in one idea."""


@dataclass(frozen=True)
class Organization:
    key: str
    name: str
    group: str


@dataclass(frozen=True)
class Thought:
    """An idea before anybody has sent it."""

    key: str
    kind: str
    sector: str
    language: str
    title: str
    label: str
    details: str
    quality: Mapping[str, float]
    evidence: tuple[Mapping[str, str], ...] = ()
    organization: str = ""
    """Name of the organization whose idea it is."""
    same_as: str = ""
    set_aside: str = ""

    @property
    def worth(self) -> float:
        """What the room would give it all in all, from 1 to 5."""
        return sum(self.quality.values()) / len(self.quality) if self.quality else 3.0

    def fields(self) -> list[tuple[str, str]]:
        """The form of the phone page, filled in."""
        filled = [("title", self.title), ("kind", self.kind), ("sector", self.sector), ("details", self.details)]
        if self.organization:
            filled.append(("organization", self.organization))
        for number, item in enumerate(self.evidence):
            filled += [(f"evidence-{number}-{name}", item.get(name, "")) for name in ("type", "text", "link")]
        return filled


@dataclass(frozen=True)
class Person:
    """Somebody who is not there."""

    number: int
    seed: int
    group: str
    community: str
    organization: str
    language: str
    severity: float

    def dice(self, what: str) -> Random:
        return Random(f"{self.seed}:{self.number}:{what}")

    def answers(self, thought: Thought, levels: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
        """Criterion and answer, one after the other, as this person would tap them; a few are tapped twice."""
        dice = self.dice(thought.key)
        for criterion, scale in levels.items():
            if dice.random() < CHANGED:
                yield criterion, dice.choice(scale)
            yield criterion, self._answer(dice, thought.quality.get(criterion, 3.0), scale)

    def _answer(self, dice: Random, quality: float, scale: list[str]) -> str:
        if dice.random() < DONT_KNOW:
            return "dont_know"
        felt = min(5.0, max(1.0, dice.gauss(quality + self.severity, NOISE)))
        return scale[round((felt - 1) / 4 * (len(scale) - 1))]


@dataclass(frozen=True)
class Cast:
    """A room: its people, and everything that somebody in it will say."""

    people: tuple[Person, ...]
    thoughts: tuple[Thought, ...]
    authors: Mapping[str, int] = field(default_factory=dict)
    """Key of a thought to the number of the person who says it."""

    @property
    def scored(self) -> list[Thought]:
        """What stands on the wall after sorting."""
        return [thought for thought in self.thoughts if not thought.same_as and not thought.set_aside]

    def is_kept_out(self, person: Person, thought: Thought) -> bool:
        """Does the house itself keep this person from scoring the idea, as its author or one of its organization?"""
        if thought.kind not in recusing_kinds():
            return False
        is_own = bool(thought.organization) and thought.organization == person.organization
        return is_own or self.authors[thought.key] == person.number


def cast(people: int, ideas: int, seed: int) -> Cast:
    """A room of so many people that ends up with so many ideas to score; near-duplicates come on top."""
    room = tuple(_person(number, seed) for number in range(people))
    thoughts = tuple(_thoughts(ideas))
    return Cast(room, thoughts, {one.key: _author(place, one, room) for place, one in enumerate(thoughts)})


def _person(number: int, seed: int) -> Person:
    dice = Random(f"{seed}:{number}")
    organization = dice.choice(organizations())
    return Person(
        number=number,
        seed=seed,
        group=organization.group,
        community=dice.choice([entry["key"] for entry in preset()["communities"]]),
        organization=organization.name if dice.random() < 0.8 else "",
        language=dice.choices(["en", "fr", "ar"], [8, 1, 1])[0],
        severity=dice.gauss(0, LENIENCY),
    )


def _author(place: int, thought: Thought, room: tuple[Person, ...]) -> int:
    """An organization's idea is sent by one of its people, where there is one; others go round the room."""
    own = [person.number for person in room if thought.organization and person.organization == thought.organization]
    return own[0] if own else place % len(room)


def _thoughts(wanted: int) -> Iterator[Thought]:
    originals = [thought for thought in library() if not thought.same_as and not thought.set_aside][:wanted]
    chosen = {thought.key for thought in originals}
    for thought in library():
        if thought.key in chosen or thought.same_as in chosen or (thought.set_aside and wanted > 2):
            yield thought
    yield from _variations(wanted - len(originals))


def _variations(wanted: int) -> Iterator[Thought]:
    """More ideas than anybody wrote down: the English ones again, each with another twist."""
    english = [one for one in library() if one.language == "en" and not one.same_as and not one.set_aside]
    for number in range(wanted):
        thought = english[number % len(english)]
        turn = number // len(english)
        twist = TWISTS[turn % len(TWISTS)] + ("" if turn < len(TWISTS) else f" ({turn})")
        dice = Random(f"{thought.key}:{turn}")
        yield replace(
            thought,
            key=f"{thought.key}-{turn + 2}",
            title=f"{thought.label}, {twist}",
            details="",
            evidence=(),
            quality={code: min(5.0, max(1.0, mean + dice.gauss(0, 0.4))) for code, mean in thought.quality.items()},
        )


@cache
def preset() -> presets.Preset:
    return presets.load(PRESET)


@cache
def recusing_kinds() -> frozenset[str]:
    return frozenset(kind["key"] for kind in preset()["kinds"] if kind.get("own_organization"))


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "ideas.toml").read_text(encoding="utf-8"))


@cache
def organizations() -> tuple[Organization, ...]:
    return tuple(Organization(**entry) for entry in _file()["organizations"])


@cache
def library() -> tuple[Thought, ...]:
    names = {one.key: one.name for one in organizations()}
    return tuple(
        Thought(
            **{
                **entry,
                "evidence": tuple(entry.get("evidence", ())),
                "organization": names.get(entry.get("organization", ""), ""),
            }
        )
        for entry in _file()["ideas"]
    )
