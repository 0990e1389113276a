"""The same weighted sum three times: ours, pymcdm's and scikit-criteria's, side by side.

    python -m bench.weighted_sum [--write]

Neither library is a dependency; what cannot be imported is said to be missing. All get the same room of 1,000 people,
200 ideas and 10 criteria: ours counts the 2,000,000 answers and adds exact fractions, the others are given the finished
means as floats.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

# isort: split
import argparse
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from bench.ranking import REPORT, best, room
from facilitate.scoring.ranking import criterion_scores, rank, weighted_mean
from facilitate.scoring.tally import tally

BEGIN, END = "<!-- weighted sum: begin -->\n", "<!-- weighted sum: end -->\n"
Scores = NDArray[np.float64]


def peers(means: Scores, weights: Scores) -> Iterator[tuple[str, Callable[[], Scores] | None]]:
    """Each library's weighted sum of the means; None where it is not installed."""
    types = np.ones(len(weights))
    try:
        methods = import_module("pymcdm.methods")
        as_it_is = methods.WSM(normalization_function=lambda column, cost=False: column)
        yield "pymcdm, columns as they are", lambda: np.asarray(as_it_is(means, weights, types))
        yield (
            "pymcdm as it comes (columns divided by their sums)",
            lambda: np.asarray(methods.WSM()(means, weights, types)),
        )
    except ImportError:
        yield "pymcdm: not installed", None
    try:
        skc, simple = import_module("skcriteria"), import_module("skcriteria.agg.simple")
        matrix = skc.mkdm(means, types.astype(int).tolist(), weights=weights)
        yield "scikit-criteria", lambda: np.asarray(simple.WeightedSumModel().evaluate(matrix).e_.score)
    except ImportError:
        yield "scikit-criteria: not installed", None


def table() -> str:
    large = room(1000, 200, 10, 50)
    counted = tally(large)
    exact = criterion_scores(counted)
    means = np.array([[100 * float(x or 0) for x in row] for row in exact])
    total = sum((each.weight for each in large.criteria), Fraction(0))
    weights = np.array([float(each.weight / total) for each in large.criteria])
    ours = np.array([float(weighted_mean(row, large.criteria) or 0) for row in exact])
    whole = best(lambda: rank(tally(large), 5))[0]
    lines = [
        "| 200 ideas × 10 criteria, 1,000 people | best ms | largest difference in points | ideas in another place |",
        "|---|--:|--:|--:|",
        f"| ours: 2,000,000 answers counted, exact sums, ranks | {whole:.1f} | – | – |",
        f"| ours: exact sums and ranks alone | {best(lambda: rank(counted, 5))[0]:.1f} | – | – |",
    ]
    for name, call in peers(means, weights):
        if call is None:
            lines.append(f"| {name} | – | – | – |")
            continue
        theirs = call()
        moved = int((np.argsort(-ours, kind="stable") != np.argsort(-theirs, kind="stable")).sum())
        apart = f"{np.abs(ours - theirs).max():.1e}" if "sums" not in name else "another unit"
        lines.append(f"| {name} | {best(call)[0]:.2f} | {apart} | {moved} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into bench/RANKING.md")
    options = parser.parse_args(arguments)
    report = table()
    print(report)
    if options.write:
        before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
        REPORT.write_text(before + BEGIN + report + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
