"""An export that holds its ballots: the whole ranking is computed again, by the same engine, to the character."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from facilitate.exports.method import enough
from facilitate.exports.scores_by_criterion import figures
from facilitate.scoring.columns import header
from facilitate.scoring.files import rank_files, read_scores
from facilitate.scoring.outcome import Outcome
from facilitate.scoring.privacy import may_show_statistics
from facilitate.verification.report import Report
from facilitate.verification.sheets import BALLOTS, METHOD, Export, Sheet, sheet

BY_PERSON = frozenset({"range_low", "range_high", "p_top", "band", "rank_severity_adjusted"})
"""Columns that need to know which answers are of one person."""


def check_ballots(export: Export, report: Report) -> None:
    """Compare everything that the ballots give with what the files say."""
    file = export.folder / BALLOTS
    if not file.exists():
        report.unchecked.append(f"ranges, bands and severity: there is no {BALLOTS}")
        return
    scores, columns = read_scores(file)
    if export.settings.balance and "group" not in columns:
        report.unchecked.append(f"the ranking from {BALLOTS}: groups count the same, and the file may not name them")
        return
    ranked = rank_files(file, export.folder / "criteria.csv", export.folder / METHOD)
    is_linked = _is_linked((line.rater, line.idea) for line in scores)
    wanted = [name for name in header(ranked.outcome.criteria) if is_linked or name not in BY_PERSON]
    _ranking(export.ranking, sheet("ranking.csv", ranked.csv()), wanted, report)
    report.checked.append(f"ranking.csv from {BALLOTS}, {len(wanted)} columns to the character")
    if not is_linked:
        report.unchecked.append(f"{', '.join(sorted(BY_PERSON))}: {BALLOTS} is unlinked")
    if "scores_by_criterion.csv" in export.sheets:
        _by_criterion(export, ranked.outcome, report)
        report.checked.append(f"scores_by_criterion.csv from {BALLOTS}")
    _statement(export, ranked.outcome, report, is_linked=is_linked)


def _is_linked(pairs: object) -> bool:
    """Is a rater one person in all ideas? With unlinked ballots, nobody answers two."""
    ideas = defaultdict(set)
    for rater, idea in pairs:  # type: ignore[attr-defined]
        ideas[rater].add(idea)
    return any(len(answered) > 1 for answered in ideas.values()) or len(set().union(*ideas.values())) < 2


def _ranking(found: Sheet, expected: Sheet, columns: Sequence[str], report: Report) -> None:
    lines = found.by("idea")
    for line in expected.lines:
        idea = line["idea"]
        if idea not in lines:
            report.differences.append(f"ranking.csv: the idea {idea} is in {BALLOTS} and not here")
        else:
            place = f"ranking.csv, line {lines[idea].number}"
            report.compare_cells(place, line.cells, lines[idea].cells, columns)
    known = expected.by("idea")
    for line in found.lines:
        if line["idea"] not in known:
            report.compare(f"ranking.csv, line {line.number}, idea", "an idea of ballots.csv", line["idea"])
    order = [line["idea"] for line in expected.lines if line["idea"] in lines]
    given = [line for line in found.lines if line["idea"] in known]
    for idea, line in zip(order, given, strict=False):
        if idea != line["idea"]:
            report.compare(f"ranking.csv, line {line.number}, idea", idea, line["idea"])
            break


def _by_criterion(export: Export, outcome: Outcome, report: Report) -> None:
    table = export.sheets["scores_by_criterion.csv"]
    values = [name.removeprefix("count_") for name in table.columns if name.startswith("count_")]
    found = {(line["idea"], line["criterion"]): line for line in table.lines}
    for idea in outcome.lines:
        for c, criterion in enumerate(outcome.criteria):
            line = found.pop((idea.place.idea, criterion.code), None)
            if line is None:
                report.differences.append(f"{table.name}: {idea.place.idea} on {criterion.code} is missing")
                continue
            expected = figures(outcome, idea, c, export.levels.get(criterion.code, ()), values)
            report.compare_cells(f"{table.name}, line {line.number}", expected, line.cells, expected)
    for (idea_id, code), line in found.items():
        report.compare(
            f"{table.name}, line {line.number}, idea", "an idea and criterion of ballots.csv", f"{idea_id} {code}"
        )


def _statement(export: Export, outcome: Outcome, report: Report, *, is_linked: bool) -> None:
    k = export.settings.part_k
    expected: dict[str, Mapping[str, object]] = {
        "answers": {
            "scores": int(outcome.tally.n.sum()),
            "dont_know": int(outcome.tally.dont_know.sum()),
            "recusals": enough(int(outcome.tally.recused.sum()), k),
        }
    }
    if export.settings.trim:
        expected = {}
    if is_linked:
        alpha = outcome.alpha if may_show_statistics(outcome.scorers, k) else None
        expected["people"] = {"scored": outcome.scorers}
        expected["agreement"] = {"krippendorff_alpha": None if alpha is None else round(alpha, 6)}
    for part, facts in expected.items():
        given = export.statement.get(part)
        for name, fact in facts.items():
            report.compare(f"{METHOD}, {part}.{name}", fact, given.get(name) if isinstance(given, dict) else None)
    report.checked.append(f"{METHOD}: people and answers from {BALLOTS}")
    if not is_linked:
        report.unchecked.append(f"{METHOD}: how many people scored: {BALLOTS} is unlinked")
