"""The real data sets of tests/data/, put through the engine, beside what was published about them.

`python -m tests.scoring.published` prints the table of docs/scoring.md; `--write` puts it there.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from facilitate.scoring.agreement import alpha, average_ranks, kendall_w, tie_correction
from facilitate.scoring.ballots import Row, ballots
from facilitate.scoring.composites import Composites, composites
from facilitate.scoring.outcome import Outcome, evaluate
from facilitate.scoring.pabulib import read_election
from facilitate.scoring.portfolio import fund
from facilitate.scoring.ranges import draw_ranks, spread
from facilitate.scoring.ranking import competition_ranks, criterion_scores, rank
from facilitate.scoring.rounding import exact, published
from facilitate.scoring.scales import Criterion, criterion
from facilitate.scoring.settings import Settings
from facilitate.scoring.tally import tally
from facilitate.scoring.trimming import trimmed

DATA = Path(__file__).parent.parent / "data"
DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "scoring.md"
BEGIN, END = "<!-- real data: begin -->\n", "<!-- real data: end -->\n"


@dataclass(frozen=True)
class Figure:
    """One published figure and ours. `tolerance` says how far they may be apart, and `why` for what reason."""

    folder: str
    what: str
    expected: str
    computed: str
    deviation: float
    tolerance: float
    why: str = ""

    @property
    def holds(self) -> bool:
        return self.deviation <= self.tolerance


def read(*path: str) -> list[dict[str, str]]:
    with DATA.joinpath(*path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def loaded(*path: str) -> Any:
    return json.loads(DATA.joinpath(*path).read_text(encoding="utf-8"))


def evaluated(criteria: Sequence[Criterion], rows: Iterable[Row], **settings: Any) -> Outcome:
    return evaluate(ballots(criteria, rows), Settings(**settings))


def matches(folder: str, what: str, pairs: Iterable[tuple[object, object]], why: str = "") -> Figure:
    """A figure that must agree everywhere: how many of the pairs do."""
    found = list(pairs)
    wrong = sum(one != other for one, other in found)
    if len(found) == 1:
        return Figure(folder, what, "one result", "another" if wrong else "the same", wrong, 0, why)
    return Figure(folder, what, f"all {len(found)}", f"{len(found) - wrong} of {len(found)}", wrong, 0, why)


def nearness(folder: str, what: str, pairs: Iterable[tuple[float, float]], tolerance: float, why: str = "") -> Figure:
    """A figure that must agree up to a tolerance: the largest deviation of the pairs."""
    found = list(pairs)
    # Six thousandths are six thousandths, whatever binary floats make of them.
    largest = round(max(abs(one - other) for one, other in found), 15)
    computed = f"largest deviation {largest:.2g}"
    return Figure(folder, what, f"{len(found)} published values", computed, largest, tolerance, why)


def grant_review() -> Iterator[Figure]:
    folder = "01_aibs_grant_review"
    rows: list[Row] = [(r["proposal"], "overall", r["reviewer"], r["overall"]) for r in read(folder, "ratings.csv")]
    found = evaluated([criterion("overall", lower_is_better=True)], rows)
    means = {p.idea: 5 - 4 * (p.score or Fraction(0)) / 100 for p in found.places}
    places = {place.idea: place for place in found.places}
    expected = read(folder, "expected_published.csv")
    pairs = [(float(means[r["proposal"]]), float(r["score_avg"])) for r in expected]
    yield nearness(folder, "mean of three reviewers, lower is better", pairs, 1e-15, "published as binary floats")
    inside = ((places[r["proposal"]].rank or 0) <= int(r["score_rank"]) <= places[r["proposal"]].last for r in expected)
    yield matches(
        folder,
        "rank among 72 proposals",
        ((truth, True) for truth in inside),
        "published ranks are in arbitrary order inside ties; ours is the tie",
    )


def skating() -> Iterator[Figure]:
    folder = "02_skating_gpf2017"
    panels = {(r["performance"], r["criterion"]): r for r in read(folder, "expected_criteria.csv")}
    totals = {r["performance"]: r["total_component_score"] for r in read(folder, "expected_totals.csv")}
    found = _panel_scores(read(folder, "ratings.csv"))
    yield matches(
        folder,
        "panel score: mean of nine judges without the highest and the lowest (`--trim 1`), half up to 0.01",
        ((found[key], exact(r["panel_score"])) for key, r in panels.items()),
    )
    sums: dict[str, Fraction] = dict.fromkeys(totals, Fraction(0))
    for (performance, _), r in panels.items():
        sums[performance] += published(found[performance, r["criterion"]] * exact(r["factor"]), 2)
    yield matches(
        folder,
        "total of the five criteria by their factors, half up to 0.01 each",
        ((sums[performance], exact(total)) for performance, total in totals.items()),
    )


def _panel_scores(ratings: list[dict[str, str]]) -> dict[tuple[str, str], Fraction]:
    codes = list(dict.fromkeys(r["criterion"] for r in ratings))
    scale = [criterion(code, low=0, high=10) for code in codes]
    rows: list[Row] = [(r["performance"], r["criterion"], r["judge"], r["score"]) for r in ratings]
    left = trimmed(tally(ballots(scale, rows)), 1)
    return {
        (idea, code): published(10 * (score or Fraction(0)), 2)
        for idea, row in zip(left.ideas, criterion_scores(left), strict=True)
        for code, score in zip(codes, row, strict=True)
    }


def weighted_sums() -> Iterator[Figure]:
    folder = "03_the_weighted_sum"
    for year, weights in loaded(folder, "weights.json").items():
        table = read(folder, f"the_{year}.csv")
        scale = [criterion(code, weight=weight, low=0, high=100) for code, weight in weights.items()]
        rows: list[Row] = [(r["alternative"], code, "publisher", r[code] or None) for r in table for code in weights]
        found = {place.idea: place for place in evaluated(scale, rows, minimum=1).places}
        complete = [r for r in table if all(r[code] for code in weights)]
        pairs = [(float(found[r["alternative"]].score or 0), float(r["total_published"])) for r in complete]
        why = "inputs are published in tenths"
        yield nearness(folder, f"{year}: weighted total of five criteria, complete rows", pairs, 0.09, why)
        unranked = ((found[r["alternative"]].rank, None) for r in table if r not in complete)
        yield matches(folder, f"{year}: a blank criterion leaves the row unranked (R5)", unranked)
        totals = [exact(r["total_published"]) for r in table]
        ranks = zip(competition_ranks(totals), (int(r["rank_published"].strip("=")) for r in table), strict=True)
        yield matches(folder, f"{year}: rank as a function of the published total, ties shared (R7)", ranks)


def budgets() -> Iterator[Figure]:
    folder = "04_participatory_budgets"
    for expected in loaded(folder, "expected.json"):
        election = read_election(DATA / folder / f"{expected['instance']}.pb")
        name = expected["instance"].replace("_Stanford_Dataset_PB", "").partition("_vote")[0].replace("_", " ")
        found = fund(election, "greedy")
        points = expected.get("published_score") or expected["published_votes"]
        tallies = ((found.tally[project], exact(value)) for project, value in points.items())
        yield matches(folder, f"{name}: published tally per project ({election.vote_type})", tallies)
        for rule in ("greedy", "greedy-no-skip"):
            wanted = expected[f"{rule.replace('-', '_')}_computed"]
            pairs = [(list(fund(election, rule).selected), wanted)]
            yield matches(folder, f"{name}: `{rule}`, in the order chosen, as an independent implementation", pairs)
        if "mes_add1_computed" in expected:
            shares = fund(election, "equal-shares")
            pairs = [(list(shares.selected), expected["mes_add1_computed"])]
            yield matches(folder, f"{name}: `equal-shares`, in the order chosen", pairs)
            official = [(set(shares.selected), set(expected["official_selected"]))]
            yield matches(folder, f"{name}: `equal-shares`, the official winners", official)
            yield matches(folder, f"{name}: steps of add1", [(shares.steps, expected["mes_add1_steps"])])


def consultations() -> Iterator[Figure]:
    folder = "05_polis_votes"
    for name in ("15-per-hour-seattle", "brexit-consensus", "london.youth.policing"):
        votes, statements = read(folder, name, "votes.csv"), read(folder, name, "statements.csv")
        asked = [column for column in votes[0] if column != "participant"]
        rows: list[Row] = [(s, "agree", r["participant"], r[s] or None) for r in votes for s in asked]
        room = ballots([criterion("agree", low=-1, high=1)], rows)
        counted = tally(room)
        by_name = {r["comment-id"]: (int(r["agrees"]), int(r["disagrees"])) for r in statements}
        column = {int(value): counts for value, counts in zip(counted.values[0], counted.counts[0].T, strict=True)}
        tallies = {s: (int(column[1][i]), int(column[-1][i])) for i, s in enumerate(counted.ideas)}
        pairs = [(mine, theirs) for s in asked for mine, theirs in zip(tallies[s], by_name[s], strict=True)]
        why = "the publisher's table is higher, never lower: probably it counts votes that were changed later"
        yield nearness(folder, f"{name}: agrees and disagrees per statement, most cells blank", pairs, 7, why)
        yield matches(folder, f"{name}: none counted above the publisher's", ((a <= b, True) for a, b in pairs))
        scores = {place.idea: place.score for place in rank(counted, 1)}
        plain = {s: Fraction(100) * (a - d + int(counted.n[i, 0])) / (2 * int(counted.n[i, 0]))
                 for i, s in enumerate(counted.ideas) for a, d in [tallies[s]]}  # fmt: skip
        yield matches(
            folder, f"{name}: score = share of agreement, passes as half", ((scores[s], plain[s]) for s in plain)
        )


def research_priorities() -> Iterator[Figure]:
    folder = "06_chnri_hindin2013"
    table = read(folder, "table2_rows1-8.csv")
    codes = ["clarity", "answerability", "impact", "implementation", "equity"]
    rows: list[Row] = [(f"{r['area']} {r['position']}", code, "table", r[code]) for r in table for code in codes]
    found = evaluated([criterion(code, low=0, high=1) for code in codes], rows, minimum=1)
    score = {place.idea: float(place.score or 0) / 100 for place in found.places}
    pairs = [(score[f"{r['area']} {r['position']}"], float(r["total_published"])) for r in table]
    why = "inputs are published in hundredths"
    yield nearness(folder, "CHNRI total: mean of the criterion means", pairs, 0.006, why)


def expected_ranks() -> Iterator[Figure]:
    folder = "07_snsf_panel1"
    rows: list[Row] = [
        (r["proposal"], "grade", r["assessor"], r["num_grade"]) for r in read(folder, "ratings_panel1.csv")
    ]
    room = ballots([criterion("grade", low=1, high=6)], rows)
    counted = tally(room)
    places = rank(counted, 3)
    table = {r["proposal"]: r for r in read(folder, "expected_panel1.csv")}
    means = [(float(p.score or 0) / 20 + 1, float(table[p.idea]["avg_grade"])) for p in places]
    yield nearness(folder, "mean grade", means, 1e-9, "floats")
    ours = average_ranks(np.array([-float(p.score or 0) for p in places]))
    ranks = ((float(mine), float(table[p.idea]["rank_by_mean"])) for mine, p in zip(ours, places, strict=True))
    yield matches(folder, "rank by mean grade, mean rank inside a tie", ranks)
    people = composites(room, counted, counted).of([p.index for p in places])
    found = spread(people)
    assert found is not None
    drawn = draw_ranks(np.array([float(p.score or 0) for p in places]), found.error, found.freedom)
    pairs = [
        (float(mine), float(table[p.idea]["expected_rank"])) for mine, p in zip(drawn.mean(axis=0), places, strict=True)
    ]
    why = "theirs is a Bayesian model that draws ideas together (JAGS), ours R12: near, not equal"
    yield nearness(folder, "expected rank of 15 proposals: mean rank over our draws", pairs, 0.3, why)


def textbook() -> Iterator[Figure]:
    folder = "08_agreement_textbook"
    for entry in loaded(folder, "fixtures.json"):
        expected, name = entry["expected"], entry["name"]
        if "ranks" in entry:
            found = tie_correction(np.array(entry["ranks"], dtype=np.float64))
            yield nearness(folder, f"{name}: T", [(found, expected["T"])], 1e-12)
            continue
        if "median" in entry:
            continue  # RAND/UCLA disagreement is no part of the engine.
        table = _units(entry)
        wanted = expected.get("alpha_interval", expected.get("alpha", ...))
        if wanted is not ...:
            yield _statistic(folder, f"{name}: alpha, interval", alpha(_panel(table)), wanted, 1e-6)
        wanted = expected.get("kendall_W_ties", expected.get("kendall_W", ...))
        if wanted is not ...:
            yield _statistic(folder, f"{name}: Kendall's W", kendall_w(table), wanted, 1e-6)


def _units(entry: dict[str, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    table = np.array(entry.get("units_by_raters") or entry["raters_by_units"], dtype=np.float64)
    return table if "units_by_raters" in entry else table.T


def _panel(table: np.ndarray[Any, np.dtype[np.float64]]) -> Composites:
    return Composites(np.nan_to_num(table), ~np.isnan(table))


def _statistic(folder: str, what: str, ours: float | None, wanted: float | None, tolerance: float) -> Figure:
    if wanted is None or ours is None:
        return matches(folder, f"{what}: not defined", [(ours, wanted)])
    return Figure(folder, what, f"{wanted:g}", f"{ours:.6f}", abs(ours - wanted), tolerance, "six decimals are given")


def trajectories() -> Iterator[Figure]:
    folder = "09_nasa_mariner"
    expected = loaded(folder, "expected.json")
    table = _trajectory_ranks(DATA / folder / "00003-00000001.toc")
    rows: list[Row] = [
        (str(i + 1), "rank", f"team {t}", Fraction(value)) for i, row in enumerate(table) for t, value in enumerate(row)
    ]
    found = evaluated([criterion("rank", low=1, high=32, lower_is_better=True)], rows)
    sums = {p.idea: (1 - (p.score or Fraction(0)) / 100) * 31 * 10 + 10 for p in found.places}
    pairs = ((sums[name], exact(value)) for name, value in expected["rank_sums"].items())
    yield matches(folder, "rank sum of 32 trajectories over ten teams, from the exact score", pairs)
    order = sorted(expected["rank_sums"], key=lambda name: (sums[name], int(name)))
    yield matches(folder, "Borda order", zip(map(int, order), expected["borda_order"], strict=True))
    yield _statistic(folder, "Kendall's W with ties", kendall_w(table), expected["kendall_W_ties"], 1e-5)


def _trajectory_ranks(path: Path) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Mean ranks, trajectories × teams, from the orders with ties of PrefLib."""
    columns = []
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.startswith("#") or not text.strip():
            continue
        times, _, order = text.partition(":")
        columns += [_levels(order)] * int(times)
    return np.stack(columns, axis=1)


def _levels(order: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    level, at, inside = np.zeros(32), 0, False
    for token in order.replace("{", ",{,").replace("}", ",},").split(","):
        name = token.strip()
        if name in ("{", "}"):
            inside = name == "{"
            at += name == "}"
        elif name:
            level[int(name) - 1] = at
            at += not inside
    return average_ranks(level)


def worked_examples() -> Iterator[Figure]:
    folder = "10_mcdm_examples"
    for entry in loaded(folder, "examples.json"):
        if "TOPSIS" in entry["name"]:
            continue  # The engine has none, for the reason in R15.
        matrix = np.array(entry["matrix"], dtype=np.float64)
        weights = np.array(entry["weights"], dtype=np.float64)
        if "1/x" in entry["method"]:
            cheap = np.array(entry["types"]) == "min"
            matrix = np.where(cheap, 1 / matrix, matrix)
            matrix, weights = matrix / matrix.sum(axis=0), weights / weights.sum()
        top = float(np.ceil(matrix.max()))
        scale = [criterion(f"c{c}", weight=repr(float(w)), low=0, high=top) for c, w in enumerate(weights)]
        rows: list[Row] = [
            (f"a{i}", f"c{c}", "table", Fraction(value)) for i, row in enumerate(matrix) for c, value in enumerate(row)
        ]
        places = {place.idea: place for place in evaluated(scale, rows, minimum=1).places}
        score = [float(places[f"a{i}"].score or 0) / 100 * top * weights.sum() for i in range(len(matrix))]
        pairs = list(zip(score, entry["expected"]["score"], strict=True))
        yield nearness(folder, f"{entry['name']}: weighted sum", pairs, 1e-8, "floats; eight decimals are given")
        ranks = ((places[f"a{i}"].rank, each) for i, each in enumerate(entry["expected"]["rank"]))
        yield matches(folder, f"{entry['name']}: rank", ranks)


SETS: tuple[Callable[[], Iterator[Figure]], ...] = (
    grant_review,
    skating,
    weighted_sums,
    budgets,
    consultations,
    research_priorities,
    expected_ranks,
    textbook,
    trajectories,
    worked_examples,
)


@cache
def figures() -> tuple[Figure, ...]:
    return tuple(figure for each in SETS for figure in each())


def table() -> str:
    lines = ["| data | figure | published | computed | allowed | why |", "|---|---|---|---|---|---|"]
    lines += [
        f"| `{f.folder}` | {f.what} | {f.expected} | {f.computed} | {f'{f.tolerance:g}' if f.tolerance else 'none'} "
        f"| {f.why} |"
        for f in figures()
    ]
    return "\n".join(lines) + "\n"


def written(document: str) -> str:
    """The document with the table of today between its marks."""
    before, _, rest = document.partition(BEGIN)
    return before + BEGIN + table() + END + rest.partition(END)[2]


if __name__ == "__main__":
    if "--write" in sys.argv:
        DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(table())
