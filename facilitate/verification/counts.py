"""An export without its ballots: what the counts per level give, and what the printed figures give one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from facilitate.exports.scores_by_criterion import raw_mean
from facilitate.scoring.agreement import agreement, even_of, expert_agreement, word
from facilitate.scoring.ballots import alphabetical
from facilitate.scoring.errors import BadInput
from facilitate.scoring.outcome import Cell
from facilitate.scoring.ranking import CriterionScores, competition_ranks, criterion_scores, weighted_mean
from facilitate.scoring.rounding import exact, fixed
from facilitate.scoring.tally import Tally, tally_of_counts
from facilitate.scoring.weights import check
from facilitate.verification.report import Report
from facilitate.verification.sheets import Export, Line

COUNTS = "scores_by_criterion.csv"
EDGE = Fraction(1, 10)
"""Means that are printed to a tenth give a score to a tenth."""

Cells = dict[tuple[str, str], Line]


def check_counts(export: Export, report: Report) -> None:
    """Ranks from printed scores always; scores from counts per level where these are not kept back."""
    _order(export, report)
    report.checked.append("ranking.csv: ranks, labels, ties, order and status from scores and numbers of scorers")
    if COUNTS not in export.sheets:
        report.unchecked.append(f"scores from counts: there is no {COUNTS}")
        return
    cells = {(line["idea"], line["criterion"]): line for line in export.sheets[COUNTS].lines}
    _same_figures(export, cells, report)
    if export.settings.trim or export.settings.balance:
        report.unchecked.append("scores from counts: answers are trimmed, or groups count the same")
        return
    try:
        tally = _tally(export, cells)
    except BadInput as error:
        report.differences.append(f"{COUNTS}: {error}")
        return
    _means(export, cells, tally, report)
    _scores(export, cells, tally, report)


def number(text: str) -> Fraction | None:
    try:
        return exact(text)
    except BadInput:
        return None


# --- ranking.csv by itself ---


def _order(export: Export, report: Report) -> None:
    lines = export.ranking.lines
    scored = [(line, score) for line in lines if (score := number(line["score"])) is not None]
    ranks = competition_ranks([score for _, score in scored])
    size = Counter(ranks)
    label = {rank: f"={rank}" if many > 1 else str(rank) for rank, many in size.items()}
    for (line, _), rank in zip(scored, ranks, strict=True):
        expected = {"rank": str(rank), "rank_label": label[rank], "status": "ranked"}
        report.compare_cells(_place(line), expected, line.cells, expected)
    for line in lines:
        reason = _reason(export, line)
        if number(line["score"]) is None:
            kept = line["status"] if line["status"] == "not ranked: no group answered every criterion" else ""
            expected = {"rank": "", "rank_label": "", "score": "", "status": kept or f"not ranked: {reason}"}
            report.compare_cells(_place(line), expected, {name: line[name] for name in expected}, expected)
        elif reason:
            report.compare(f"{_place(line)}, score", "", line["score"])
    wanted = sorted(lines, key=lambda line: (-(number(line["score"]) or Fraction(-1)), alphabetical(line["idea"])))
    for line, other in zip(lines, wanted, strict=True):
        if line is not other:
            report.compare(f"{_place(line)}, idea", other["idea"], line["idea"])
            break


def _reason(export: Export, line: Line) -> str:
    """Why the idea of this line is not ranked; empty where it is (R5)."""
    for criterion in export.criteria:
        if criterion.counts:
            given = line[f"n_{criterion.code}"]
            if (number(given) or Fraction(0)) < export.settings.minimum:
                return f"too few scores ({given} of {export.settings.minimum}) on {criterion.name}"
    return ""


def _place(line: Line) -> str:
    return f"ranking.csv, line {line.number}"


# --- the two tables beside each other ---


def _same_figures(export: Export, cells: Cells, report: Report) -> None:
    weighted = [each.code for each in export.criteria if each.counts]
    for line in export.ranking.lines:
        for criterion in export.criteria:
            code = criterion.code
            cell = cells.get((line["idea"], code))
            if cell is None:
                report.differences.append(f"{COUNTS}: {line['idea']} on {code} is missing")
                continue
            report.compare(f"{COUNTS}, line {cell.number}, criterion_label", criterion.name, cell["criterion_label"])
            for ours, theirs in (("score", "mean_points"), ("n", "n"), ("dont_know", "dont_know")):
                report.compare(f"{_place(line)}, {ours}_{code}", cell[theirs], line[f"{ours}_{code}"])
        unsure = sum((number(line[f"dont_know_{code}"]) or Fraction(0) for code in weighted), Fraction(0))
        asked = unsure + sum((number(line[f"n_{code}"]) or Fraction(0) for code in weighted), Fraction(0))
        if not export.settings.trim:
            report.compare(
                f"{_place(line)}, dont_know_pct", fixed(100 * unsure / asked if asked else None), line["dont_know_pct"]
            )
    report.checked.append(f"ranking.csv and {COUNTS}: the same means, numbers and don't-knows")


# --- from counts per level ---


def _tally(export: Export, cells: Cells) -> Tally:
    criteria = [replace(each, levels=len(export.levels.get(each.code, ())) or None) for each in export.criteria]
    return tally_of_counts(criteria, _counted(cells), ideas={idea for idea, _ in cells})


def _counted(cells: Cells) -> Iterator[tuple[str, str, str, int]]:
    for (idea, code), line in cells.items():
        if _is_open(line):
            for name, many in line.cells.items():
                if name.startswith("count_") and many.isascii() and many.isdigit():
                    yield idea, code, name.removeprefix("count_"), int(many)


def _is_open(line: Line | None) -> bool:
    return line is not None and line["counts_kept_back"] == "0"


def _means(export: Export, cells: Cells, tally: Tally, report: Report) -> None:
    scores, kept_back = criterion_scores(tally), 0
    for i, idea in enumerate(tally.ideas):
        for c, criterion in enumerate(export.criteria):
            line = cells.get((idea, criterion.code))
            if line is None or not _is_open(line):
                kept_back += 1
                continue
            n = int(tally.n[i, c])
            score = scores[i][c] if n >= (export.settings.minimum if export.settings.k else 1) else None
            expected = {
                "n": str(n),
                "mean_points": fixed(None if score is None else 100 * score),
                "mean_raw": fixed(raw_mean(Cell(score, n, 0), criterion), 2),
            }
            report.compare_cells(f"{COUNTS}, line {line.number}", expected, line.cells, expected)
    report.checked.append(f"{COUNTS}: numbers and means from counts per level")
    if kept_back:
        report.unchecked.append(f"{kept_back} means: their counts are kept back, too few people stand behind them")


def _scores(export: Export, cells: Cells, tally: Tally, report: Report) -> None:
    scores = dict(zip(tally.ideas, criterion_scores(tally), strict=True))
    ranked = [line for line in export.ranking.lines if line["rank"]]
    whole = [line for line in ranked if _is_whole(export, cells, line["idea"])]
    figures = dict(zip(tally.ideas, zip(agreement(tally), expert_agreement(tally), strict=True), strict=True))
    for line in whole:
        share, expert = figures[line["idea"]]
        people = number(line["scorers"]) or Fraction(0)
        expected = {
            "score": fixed(weighted_mean(scores[line["idea"]], export.criteria)),
            "agreement": fixed(share, 2),
            "agreement_label": word(share, even_of(tally), int(people)),
            "aea": fixed(expert, 2),
        }
        report.compare_cells(_place(line), expected, line.cells, expected)
    report.checked.append(
        f"ranking.csv: score and agreement of {len(whole)} of {len(ranked)} ideas from counts per level"
    )
    if len(whole) < len(ranked):
        _roughly(export, [line for line in ranked if line not in whole], report)
    elif ranked:
        _weightings(export, ranked, [scores[line["idea"]] for line in ranked], report)


def _is_whole(export: Export, cells: Cells, idea: str) -> bool:
    return all(_is_open(cells.get((idea, each.code))) for each in export.criteria if each.counts)


def _roughly(export: Export, lines: list[Line], report: Report) -> None:
    """Scores from means as they are printed, to a tenth."""
    for line in lines:
        means = [number(line[f"score_{each.code}"]) for each in export.criteria]
        expected = weighted_mean([None if mean is None else mean / 100 for mean in means], export.criteria)
        score = number(line["score"])
        if expected is None or score is None or abs(expected - score) > EDGE:
            report.compare(f"{_place(line)}, score", f"about {fixed(expected)}", line["score"])
    report.unchecked.append(f"the exact score of {len(lines)} ideas: some counts are kept back; they fit to a tenth")


def _weightings(export: Export, lines: list[Line], scores: CriterionScores, report: Report) -> None:
    found = check(scores, export.criteria, export.settings.top)
    for line, rank, share in zip(lines, found.equal, found.top_share, strict=True):
        expected = {"rank_equal_weights": str(rank), "top_share_weights": fixed(share, 3)}
        report.compare_cells(_place(line), expected, line.cells, expected)
    report.checked.append("ranking.csv: ranks under other weights from counts per level")
