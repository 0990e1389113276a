"""The criteria one by one: what the room says of every ranked idea on each, as a coloured table or as one profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from facilitate.models import Event, Texts
from facilitate.queries.groups import Comparison, Figure, Part, comparison
from facilitate.queries.outcomes import outcome
from facilitate.queries.results import Result, results
from facilitate.scoring.agreement import criterion_agreement
from facilitate.scoring.outcome import Line, Outcome
from facilitate.scoring.privacy import may_show_statistics
from facilitate.scoring.rounding import fixed, half_up

SEEN, LARGE = 5, 15
"""Differences between two groups, in points: from which on one is seen, and from which on it is a large one."""


@dataclass(frozen=True)
class Cell:
    """A number as published, and which of five colours stands behind it."""

    text: str = ""
    step: int | None = None
    hidden: str = ""
    """`few`: too few people. `safe`: a few could be worked out from it. Empty where it is shown."""


@dataclass(frozen=True)
class Row:
    id: str
    label: str
    language: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Page:
    """As much of the table as one page of the board holds."""

    rows: tuple[Row, ...]
    columns: tuple[tuple[str, Texts], ...]
    foot: tuple[Cell, ...]


@dataclass(frozen=True)
class Heatmap:
    figure: str
    """`mean`, `agreement` or `groups`."""
    columns: tuple[tuple[str, Texts], ...]
    rows: tuple[Row, ...]
    foot: tuple[Cell, ...]
    """Means over all ranked ideas; empty where two groups are compared."""
    k: int
    groups: tuple[Part, ...] = ()
    """The two that are compared: the first minus the second."""

    def pages(self, rows: int, columns: int) -> list[Page]:
        """Evenly filled pages of not more than so many rows and columns, row by row."""
        return [
            Page(
                tuple(Row(row.id, row.label, row.language, row.cells[part]) for row in self.rows[some]),
                self.columns[part],
                self.foot[part],
            )
            for some in _slices(len(self.rows), rows, is_even=False)
            for part in _slices(len(self.columns), columns, is_even=True)
        ]

    @property
    def whole(self) -> Page:
        return Page(self.rows, self.columns, self.foot)


@dataclass(frozen=True)
class Profile:
    """One idea: a bar for each criterion, in points."""

    idea: Result
    bars: tuple[tuple[str, Texts, str | None], ...]


def _slices(count: int, most: int, *, is_even: bool) -> list[slice]:
    pages = max(1, ceil(count / most))
    size = ceil(count / pages) if is_even else most
    return [slice(at * size, (at + 1) * size) for at in range(pages)]


def heatmap(event: Event, figure: str) -> Heatmap | None:
    """The table for `mean`, `agreement` or `groups/<key>/<key>`; None where groups cannot be compared (yet)."""
    kind, *keys = figure.split("/")
    found, told = outcome(event), results(event)
    if kind == "groups":
        return _difference(event, keys, told.criteria)
    cells = (_agreements if kind == "agreement" else _means)(found, event.k_board)
    lines = {line.place.idea: line for line in found.lines}
    values = [cells(lines[row.card.id]) for row in told.ranked]
    paint = _of_agreement if kind == "agreement" else _of_points
    return Heatmap(
        "agreement" if kind == "agreement" else "mean",
        told.criteria,
        tuple(
            Row(row.card.id, row.card.short or row.card.title, row.card.language, tuple(map(paint, each)))
            for row, each in zip(told.ranked, values, strict=True)
        ),
        tuple(paint(_mean(column)) for column in zip(*values, strict=True)) if values else (),
        event.k_board,
    )


Values = Callable[[Line], Sequence[Fraction | None]]


def _means(_found: Outcome, _k: int) -> Values:
    return lambda line: [None if cell.score is None else 100 * cell.score for cell in line.cells]


def _agreements(found: Outcome, k: int) -> Values:
    columns = [criterion_agreement(found.tally, c) for c in range(len(found.criteria))]

    def of(line: Line) -> list[Fraction | None]:
        return [
            column[line.place.index] if may_show_statistics(cell.n, k) else None
            for column, cell in zip(columns, line.cells, strict=True)
        ]

    return of


def _mean(column: Iterable[Fraction | None]) -> Fraction | None:
    known = [value for value in column if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def _of_points(value: Fraction | None) -> Cell:
    if value is None:
        return Cell(hidden="few")
    points = half_up(value, 0)
    return Cell(str(points), min(points // 20, 4))


def _of_agreement(value: Fraction | None) -> Cell:
    if value is None:
        return Cell(hidden="few")
    return Cell(fixed(value, 2), min(max(0, half_up(value, 2)) // 20, 4))


def _of_difference(figure: Figure) -> Cell:
    if figure.points is None:
        return Cell(hidden=figure.hidden or "few")
    points = half_up(figure.points, 0)
    size = 2 if abs(points) >= LARGE else 1 if abs(points) >= SEEN else 0
    return Cell(str(points), 2 + size if points > 0 else 2 - size)


def compared(event: Event) -> tuple[Part, ...]:
    """The stakeholder groups that can be set against each other; none before a host has asked for them."""
    found = comparison(event)
    return tuple(found.parts[at] for at in found.of("group") if found.parts[at].key) if found else ()


def _difference(event: Event, keys: Sequence[str], columns: tuple[tuple[str, Texts], ...]) -> Heatmap | None:
    found = comparison(event)
    at = _places(found, keys) if found else []
    if found is None or len(at) != 2:
        return None
    first, second = at
    rows = tuple(
        Row(
            idea.id,
            idea.short or idea.title,
            idea.language,
            tuple(_of_difference(figures[first].minus(figures[second])) for figures in idea.criteria),
        )
        for idea in found.ideas
        if idea.rank is not None
    )
    return Heatmap("groups", columns, rows, (), event.k_board, (found.parts[first], found.parts[second]))


def _places(found: Comparison, keys: Sequence[str]) -> list[int]:
    by_key = {found.parts[at].key: at for at in found.of("group")}
    return [by_key[key] for key in dict.fromkeys(keys) if key and key in by_key]


def profile(event: Event, idea: str) -> Profile | None:
    """One ranked idea; None where there is no such."""
    told = results(event)
    row = told.row(idea)
    if row is None or row.rank is None:
        return None
    return Profile(
        row, tuple((code, label, mean) for (code, label), mean in zip(told.criteria, row.criteria, strict=True))
    )
