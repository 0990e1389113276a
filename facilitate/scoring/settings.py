"""What was decided before the scores were counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from facilitate.scoring.errors import BadInput
from facilitate.scoring.ranges import DRAWS, SEED

EXPORT_K = 10  # people a part of the room needs in anything that leaves (R17)
FLOOR_K = 3


@dataclass(frozen=True)
class Settings:
    """The choices of a ranking: n_min (R5), the funding line, trimming, balanced groups and rounds.

    `k` is the privacy threshold of an event's export: with it, what fewer than k people stand behind stays empty.
    Files that an analyst holds anyway have none.
    """

    minimum: int = 3
    top: int = 5
    trim: int = 0
    balance: bool = False
    fall_back: bool = False
    k: int | None = None
    screen_k: int | None = None
    """The same threshold for agreement and means on screens of the room, where nothing leaves; empty: that of `k`."""

    @property
    def shown_from(self) -> int:
        """How many people an agreement or the mean of a criterion needs to be shown; 0 for files one holds anyway."""
        return self.screen_k or self.k or 0

    def __post_init__(self) -> None:
        for name, least in (("minimum", 1), ("top", 1), ("trim", 0), ("k", FLOOR_K)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise BadInput(f"{name} is {least} or more", value=value)

    @property
    def part_k(self) -> int:
        """The people a group needs to be a group of its own (R9), and an organization to be looked at (R8)."""
        return self.k or EXPORT_K

    def facts(self) -> dict[str, Any]:
        """The settings as `method.json` and `--json` carry them; `--settings` reads them back."""
        return {
            "minimum": self.minimum,
            "top": self.top,
            "trim": self.trim,
            "balance": self.balance,
            "rounds": {"fall_back": self.fall_back},
            "k": self.k,
            "seed": SEED,
            "draws": DRAWS,
        }


def read_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of Settings that `facts` (from `Settings.facts`) names; raises BadInput for another kind of value."""
    found: dict[str, Any] = {}
    for name, kind in (("minimum", int), ("top", int), ("trim", int), ("k", int), ("balance", bool)):
        if facts.get(name) is not None:
            found[name] = _kept(name, facts[name], kind)
    rounds = facts.get("rounds")
    if isinstance(rounds, Mapping) and "fall_back" in rounds:
        found["fall_back"] = _kept("fall_back", rounds["fall_back"], bool)
    return found


def _kept(name: str, value: Any, kind: type) -> Any:
    if type(value) is not kind:
        wanted = "true or false" if kind is bool else "a whole number"
        raise BadInput(f"{name} in the settings is {wanted}", value=value)
    return value
