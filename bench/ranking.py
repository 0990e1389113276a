"""How long a large room takes: 1,000 people × 200 ideas × 10 criteria, complete with ranges and sensitivities.

    python bench/ranking.py [--write]

Everything runs on one core from arrays in memory. Beside it, where they are installed (they are no dependencies): the
weighted sum of pymcdm and scikit-criteria over the same 200 × 10 table of means.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

# isort: split
import argparse
import platform
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from facilitate.scoring.ballots import Ballots
from facilitate.scoring.outcome import evaluate
from facilitate.scoring.ranking import criterion_scores, rank
from facilitate.scoring.scales import criterion
from facilitate.scoring.settings import Settings
from facilitate.scoring.tally import tally

REPORT = Path(__file__).parent / "RANKING.md"
BEGIN, END = "<!-- speed: begin -->\n", "<!-- speed: end -->\n"
REPEATS = 5

Measure = tuple[str, Callable[[], Any]]


def room(people: int, ideas: int, criteria: int, organizations: int) -> Ballots:
    """A room in which everybody answered everything, 1 to 5, with merit, severity and noise."""
    random = np.random.default_rng(1)
    merit, severity = random.normal(0, 0.6, ideas), random.normal(0, 0.5, people)
    latent = 3 + merit[:, None, None] + severity + random.normal(0, 0.9, (ideas, criteria, people))
    codes = np.clip(np.rint(latent), 1, 5).astype(np.int32) - 1
    return Ballots(
        ideas=tuple(f"idea {i:03}" for i in range(ideas)),
        criteria=tuple(criterion(f"C{c}", weight=c + 1) for c in range(criteria)),
        raters=tuple(f"r{r:04}" for r in range(people)),
        values=(tuple(Fraction(value) for value in range(1, 6)),) * criteria,
        codes=codes,
        groups=tuple(f"group {r % 4}" for r in range(people)),
        organizations=tuple(f"organization {r % organizations}" for r in range(people)),
    )


def measures(large: Ballots) -> Iterator[Measure]:
    """What is timed, and how it is called."""
    full = Settings(minimum=5, top=10)
    yield "exact scores and ranks alone", lambda: rank(tally(large), 5)
    yield "complete: ranges, agreement, weights, 50 organizations, severity", lambda: evaluate(large, full)
    balanced = Settings(minimum=5, top=10, balance=True)
    yield "complete, with balanced groups as well", lambda: evaluate(large, balanced)
    yield "complete, trimmed", lambda: evaluate(large, Settings(minimum=5, top=10, trim=1))
    day = room(48, 60, 10, 4)
    yield "a planning day (48 × 60 × 10), complete", lambda: evaluate(day, full)
    yield from _others(large)


def _others(large: Ballots) -> Iterator[Measure]:
    """The weighted sums of two libraries, from means that they are given."""
    means = np.array([[float(x or 0) for x in row] for row in criterion_scores(tally(large))])
    weights = np.array([float(each.weight) for each in large.criteria])
    types = np.ones(len(weights))
    try:
        methods = import_module("pymcdm.methods")
        yield "pymcdm: weighted sum of the means, ranks", lambda: methods.WSM()(means, weights / weights.sum(), types)
    except ImportError:
        yield "pymcdm: not installed", lambda: None
    try:
        skc, simple = import_module("skcriteria"), import_module("skcriteria.agg.simple")
        matrix = skc.mkdm(means, types.astype(int).tolist(), weights=weights / weights.sum())
        yield "scikit-criteria: weighted sum of the means, ranks", lambda: simple.WeightedSumModel().evaluate(matrix)
    except ImportError:
        yield "scikit-criteria: not installed", lambda: None


def best(call: Callable[[], Any]) -> tuple[float, float]:
    """The best and the worst of a few runs, in milliseconds."""
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return 1000 * min(seconds), 1000 * max(seconds)


def table() -> str:
    machine = f"Python {platform.python_version()}, NumPy {np.__version__}, one core of {os.cpu_count()}"
    lines = [
        f"{machine}, best and worst of {REPEATS} runs.",
        "",
        "| 1,000 people × 200 ideas × 10 criteria | best ms | worst ms |",
        "|---|--:|--:|",
    ]
    for name, call in measures(room(1000, 200, 10, 50)):
        quickest, slowest = best(call)
        times = "– | –" if "not installed" in name else f"{quickest:.1f} | {slowest:.1f}"
        lines.append(f"| {name} | {times} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RANKING.md")
    options = parser.parse_args(arguments)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    report = table()
    print(report)
    if options.write:
        before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
        REPORT.write_text(before + BEGIN + report + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
