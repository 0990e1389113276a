"""What was checked, what could not be, and every difference that was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

    def compare(self, where: str, expected: object, found: object) -> None:
        """One figure; `where` names file, line and column."""
        if expected != found:
            self.differences.append(f"{where}: expected {_shown(expected)}, found {_shown(found)}")

    def compare_cells(
        self, place: str, expected: Mapping[str, str], found: Mapping[str, str], columns: Iterable[str]
    ) -> None:
        """Some cells of one line; `place` names file and line."""
        for column in columns:
            self.compare(f"{place}, {column}", expected[column], found.get(column, ""))

    def facts(self) -> dict[str, Any]:
        return {
            "agrees": self.agrees,
            "differences": self.differences,
            "checked": self.checked,
            "not_checked": self.unchecked,
        }

    def lines(self) -> list[str]:
        """For reading."""
        number = len(self.differences)
        return [
            *self.differences,
            *(f"checked: {each}" for each in self.checked),
            *(f"not checked: {each}" for each in self.unchecked),
            "Nothing differs." if self.agrees else f"{number} {'differences' if number > 1 else 'difference'}.",
        ]


def _shown(value: object) -> str:
    return "nothing" if value in ("", None) else str(value).replace("\n", " ")
