"""How often the 90 % rank range holds the true rank: a simulation of rule R12 on a grid.

    python bench/coverage.py [--rooms 200] [--write]

A room has ideas of true merit a ~ N(0, σ_a²), people of severity b ~ N(0, σ_b²), and answers y = 50 + a + b + e with
e ~ N(0, σ_e²), σ_e = 10 points. The grid: 20 and 40 ideas; 3 to 48 people; σ_b of 0, ½ and 1 σ_e; 50, 75 and 100 % of
the cells filled, each idea with at least three scorers; σ_a of ½, 1 and 2 σ_e, the standard error of one person's
answer once idea and severity are taken out. The figure is the share of ideas whose true rank lies inside the range
that the engine prints.

`--flat` looks at rooms outside that grid, where the ideas hardly differ: σ_a of ½ and 1 times the standard error of an
idea's *mean*. There the range is too narrow, as any range drawn around observed means is.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from facilitate.scoring.composites import Composites
from facilitate.scoring.ranges import ranges, spread
from facilitate.scoring.ranking import Place, competition_ranks
from facilitate.scoring.rounding import published

REPORT = Path(__file__).parent / "RANKING.md"
MARKS = "<!-- {name}: begin -->\n", "<!-- {name}: end -->\n"

Found = dict["Grid", tuple[float, float]]

NOISE = 10.0
IDEAS = (20, 40)
PEOPLE = (3, 5, 8, 12, 24, 48)
SEVERITY = (0.0, 0.5, 1.0)
FILLED = (0.5, 0.75, 1.0)
MERIT = (0.5, 1.0, 2.0)
FLAT = (0.5, 1.0)
FEWEST = 3


@dataclass(frozen=True)
class Grid:
    """One point of the grid."""

    ideas: int
    people: int
    severity: float
    filled: float
    merit: float
    flat: bool = False

    @property
    def scorers(self) -> float:
        return max(FEWEST, self.people * self.filled)

    @property
    def merit_points(self) -> float:
        """σ_a, in points."""
        if not self.flat:
            return self.merit * NOISE
        variance = NOISE**2 * (1 + self.severity**2 * (1 - self.filled))
        return self.merit * float(np.sqrt(variance / self.scorers))


def points(*, flat: bool = False) -> Iterator[Grid]:
    """The grid; where half of few people would be fewer than three scorers, only the fuller rooms."""
    for each in itertools.product(IDEAS, PEOPLE, SEVERITY, FILLED, FLAT if flat else MERIT):
        if each[1] * each[3] >= FEWEST:
            yield Grid(*each, flat=flat)


def filled_cells(grid: Grid, random: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Each idea's scorers: a random number around the share, three at least, a random choice of people."""
    number = np.clip(random.binomial(grid.people, grid.filled, grid.ideas), FEWEST, grid.people)
    order = random.random((grid.ideas, grid.people)).argsort(axis=1).argsort(axis=1)
    return order < number[:, None]


def held(grid: Grid, random: np.random.Generator) -> tuple[int, float]:
    """One room: how many ideas have their true rank inside the range, and the mean width of the ranges."""
    merit = random.normal(0, grid.merit_points, grid.ideas)
    severity = random.normal(0, grid.severity * NOISE, grid.people)
    answers = 50 + merit[:, None] + severity + random.normal(0, NOISE, (grid.ideas, grid.people))
    given = filled_cells(grid, random)
    people = Composites(np.where(given, answers, 0.0), given)
    means = people.points.sum(axis=1) / people.per_idea
    found = ranges(_places(means), spread(people), 5)
    true = competition_ranks([Fraction(value) for value in merit])
    inside = sum((r.low or 1) <= t <= (r.high or grid.ideas) for r, t in zip(found, true, strict=True))
    return inside, float(np.mean([(r.high or grid.ideas) - (r.low or 1) + 1 for r in found]))


def _places(means: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[Place]:
    scores = [Fraction(value) for value in means]
    shown = [published(score) for score in scores]
    ranks = competition_ranks(shown)
    return [
        Place(str(i), i, rank, ranks.count(rank), score, number)
        for i, (rank, score, number) in enumerate(zip(ranks, scores, shown, strict=True))
    ]


def coverage(grid: Grid, rooms: int) -> tuple[float, float]:
    """The share of true ranks inside, and the mean width, over many rooms of one grid point (its own seed)."""
    seed = [grid.ideas, grid.people, round(grid.severity * 100), round(grid.filled * 100), round(grid.merit * 100)]
    random = np.random.default_rng(seed)
    results = [held(grid, random) for _ in range(rooms)]
    inside, width = np.array(results).sum(axis=0)
    return float(inside) / (rooms * grid.ideas), float(width) / rooms


def promised(found: Found) -> str:
    """The promise: one share per number of ideas and people, severity and filling, over σ_a in equal parts."""
    lines = [
        "| ideas | people | severity / σ_e | 50 % filled | 75 % filled | all filled |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for ideas, people, severity in itertools.product(IDEAS, PEOPLE, SEVERITY):
        cells = [f"{100 * share:.1f}" if share else "–" for share in _over_merit(found, ideas, people, severity)]
        lines.append(f"| {ideas} | {people} | {severity:g} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _over_merit(found: Found, ideas: int, people: int, severity: float) -> list[float]:
    """The mean share per filling; 0 where the grid has no such room."""
    shares = []
    for filled in FILLED:
        room = (ideas, people, severity, filled)
        cells = [v for g, (v, _) in found.items() if (g.ideas, g.people, g.severity, g.filled) == room]
        shares.append(float(np.mean(cells)) if cells else 0.0)
    return shares


def by_merit(found: Found) -> str:
    """How the share depends on how much ideas differ: the lowest, mean and highest over severity and filling."""
    flat = any(grid.flat for grid in found)
    unit = "standard error of a mean" if flat else "σ_e"
    lines = [
        f"| ideas | people | σ_a / {unit} | lowest % | mean % | highest % | mean width |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for ideas, people, merit in itertools.product(IDEAS, PEOPLE, FLAT if flat else MERIT):
        cells = [v for g, v in found.items() if (g.ideas, g.people, g.merit) == (ideas, people, merit)]
        shares = [100 * share for share, _ in cells]
        width = float(np.mean([width for _, width in cells]))
        lines.append(
            f"| {ideas} | {people} | {merit:g} | {min(shares):.1f} | {np.mean(shares):.1f} | {max(shares):.1f} "
            f"| {width:.1f} |"
        )
    return "\n".join(lines) + "\n"


def summary(found: Found, rooms: int, seconds: float) -> str:
    shares = {grid: 100 * share for grid, (share, _) in found.items()}
    worst = min(shares, key=lambda grid: shares[grid])
    unit = "standard error of a mean" if worst.flat else "σ_e"
    text = (
        f"{len(found)} grid points, {rooms} rooms each ({seconds:.0f} s). The lowest single point is "
        f"{shares[worst]:.1f} % ({worst.ideas} ideas, {worst.people} people, severity {worst.severity:g} σ_e, "
        f"{100 * worst.filled:g} % filled, σ_a {worst.merit:g} × {unit}); the mean "
        f"{np.mean(list(shares.values())):.1f} %; the highest {max(shares.values()):.1f} %.\n"
    )
    if worst.flat:
        return text
    lowest = min(
        share for room in itertools.product(IDEAS, PEOPLE, SEVERITY) for share in _over_merit(found, *room) if share
    )
    return f"**Lowest share of the grid below: {100 * lowest:.1f} %** (the line is 88 %). " + text


def write(name: str, report: str) -> None:
    """Put the report between its marks in bench/RANKING.md."""
    begin, end = (mark.format(name=name) for mark in MARKS)
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(begin)
    REPORT.write_text(before + begin + report + end + rest.partition(end)[2], encoding="utf-8")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=200)
    parser.add_argument("--flat", action="store_true", help="rooms where ideas hardly differ")
    parser.add_argument("--write", action="store_true", help="put the table into bench/RANKING.md")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    found = {grid: coverage(grid, options.rooms) for grid in points(flat=options.flat)}
    tables = (
        by_merit(found) if options.flat else promised(found) + "\nBy how much the ideas differ:\n\n" + by_merit(found)
    )
    report = summary(found, options.rooms, time.perf_counter() - start) + "\n" + tables
    print(report)
    if options.write:
        write("flat" if options.flat else "coverage", report)


if __name__ == "__main__":
    main(sys.argv[1:])
