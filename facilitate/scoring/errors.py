"""What the engine refuses, said so that a person finds the place."""

from __future__ import annotations


class BadInput(ValueError):
    """Input that cannot be used: which file, which line, which value, and what is wrong with it."""

    def __init__(self, problem: str, *, file: str = "", line: int | None = None, value: object = None) -> None:
        self.problem, self.file, self.line, self.value = problem, file, line, value
        super().__init__(self.sentence())

    def sentence(self) -> str:
        place = ", ".join(part for part in (self.file, f"line {self.line}" if self.line else "") if part)
        shown = "" if self.value is None else f": {str(self.value)!r}"
        return f"{place}: {self.problem}{shown}" if place else f"{self.problem}{shown}"

    def at(self, *, file: str, line: int | None = None) -> BadInput:
        """The same complaint, once the place is known."""
        return BadInput(self.problem, file=file, line=line, value=self.value)
