"""What was checked, what could not be, and every difference that was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    checked: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    """What could not be checked, and why."""
    differences: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.differences

    def facts(self) -> dict[str, Any]:
        return {
            "agrees": self.agrees,
            "differences": self.differences,
            "checked": self.checked,
            "not_checked": self.unchecked,
        }

    def lines(self) -> list[str]:
        """For reading."""
        return [
            *self.differences,
            *(f"checked: {each}" for each in self.checked),
            *(f"not checked: {each}" for each in self.unchecked),
            "Nothing differs." if self.agrees else f"{len(self.differences)} differences.",
        ]
