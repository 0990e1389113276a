"""The files of an export beside each other: the same ideas, the same words, the same criteria in all of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from facilitate.exports.ranking import ABOUT
from facilitate.scoring.rounding import exact
from facilitate.verification.report import Report
from facilitate.verification.sheets import METHOD, Export, Line, Sheet

IDEAS, EVIDENCE, ANNEX = "ideas.csv", "evidence.csv", "cfp_annex.csv"


def check_names(export: Export, report: Report) -> None:
    _criteria(export, report)
    ideas = export.sheets.get(IDEAS)
    if ideas is None:
        report.unchecked.append(f"ids and titles: there is no {IDEAS}")
    else:
        _ideas(export.ranking, ideas, report)
        _counted(export, ideas, report)
    if ideas is not None and EVIDENCE in export.sheets:
        _evidence(ideas, export.sheets[EVIDENCE], report)
    if ANNEX in export.sheets:
        _annex(export, export.sheets[ANNEX], report)


def _criteria(export: Export, report: Report) -> None:
    stated: list[dict[str, Any]] = list(export.statement["criteria"])
    table = export.sheets["criteria.csv"]
    report.compare(f"criteria.csv against {METHOD}, number of criteria", len(stated), len(table.lines))
    for line, each in zip(table.lines, stated, strict=False):
        levels = sorted(map(str, each.get("levels", [])), key=exact)
        expected = {
            "criterion": str(each.get("criterion")),
            "weight": str(each.get("weight")),
            "low": levels[0] if levels else "",
            "high": levels[-1] if levels else "",
            "lower_is_better": "1" if each.get("lower_is_better") else "0",
            **{f"label_{language}": text for language, text in (each.get("label") or {}).items()},
        }
        found = {name: line[name] for name in expected if name in line.cells}
        report.compare_cells(f"criteria.csv, line {line.number}", expected, found, found)
    report.checked.append(f"criteria.csv against {METHOD}")


def _ideas(ranking: Sheet, ideas: Sheet, report: Report) -> None:
    """Every scored idea is ranked or said not to be, and is called the same in both files."""
    known = {line["idea"]: line for line in ideas.lines if line["state"] == "scored"}
    for line in ranking.lines:
        idea = known.pop(line["idea"], None)
        place = f"ranking.csv, line {line.number}"
        if idea is None:
            report.compare(f"{place}, idea", f"a scored idea of {IDEAS}", line["idea"])
        else:
            report.compare_cells(place, idea.cells, line.cells, ABOUT)
    for line in known.values():
        if line["idea"]:
            report.differences.append(f"ranking.csv: {line['idea']} of {IDEAS}, line {line.number}, is missing")
    report.checked.append(f"ranking.csv and {IDEAS}: the same ideas, called the same")


def _counted(export: Export, ideas: Sheet, report: Report) -> None:
    """What the method statement counts, and what was merged into what."""
    states = Counter(line["state"] for line in ideas.lines)
    ranked = sum(line["status"] == "ranked" for line in export.ranking.lines)
    expected = {
        "ranked": ranked,
        "not_ranked": len(export.ranking.lines) - ranked,
        "merged": states["merged"],
        "set_aside": states["set aside"],
        "waiting": states["waiting"],
    }
    stated = export.statement.get("ideas")
    for name, many in expected.items():
        report.compare(f"{METHOD}, ideas.{name}", many, stated.get(name) if isinstance(stated, dict) else None)
    reasons = {line["idea"]: line["status"].removeprefix("not ranked: ") for line in export.ranking.lines}
    stated_reasons = {each.get("idea"): each.get("reason") for each in _listed(export, "not_ranked")}
    unranked = {idea: reason for idea, reason in reasons.items() if reason != "ranked"}
    report.compare(f"{METHOD}, not_ranked", unranked, stated_reasons)
    merged = {line["idea"]: line["merged_into"] for line in ideas.lines if line["merged_into"]}
    stated_merges = {
        one.get("idea"): each.get("idea") for each in _listed(export, "merges") for one in each["originals"]
    }
    report.compare(f"{METHOD}, merges", merged, stated_merges)
    into = Counter(merged.values())
    for line in ideas.lines:
        report.compare(f"{IDEAS}, line {line.number}, merged_count", str(into[line["idea"]]), line["merged_count"])
    report.checked.append(f"{METHOD}: ideas and merges against {IDEAS}")


def _listed(export: Export, name: str) -> list[dict[str, Any]]:
    found = export.statement.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _evidence(ideas: Sheet, evidence: Sheet, report: Report) -> None:
    known = ideas.by("idea")
    for line in evidence.lines:
        idea = known.get(line["idea"])
        if idea is None:
            report.compare(f"{EVIDENCE}, line {line.number}, idea", f"an idea of {IDEAS}", line["idea"])
        else:
            report.compare(f"{EVIDENCE}, line {line.number}, title", idea["title"], line["title"])
    items = Counter(line["idea"] for line in evidence.lines)
    for line in ideas.lines:
        report.compare(f"{IDEAS}, line {line.number}, evidence_count", str(items[line["idea"]]), line["evidence_count"])
    report.checked.append(f"{EVIDENCE} against {IDEAS}")


def _annex(export: Export, annex: Sheet, report: Report) -> None:
    """The annex has no ids: each of its lines must have the figures of one idea of the ranking."""
    codes = [each.code for each in export.criteria]
    known = {_figures(line, codes, ranking=True) for line in export.ranking.lines}
    for line in annex.lines:
        if _figures(line, codes, ranking=False) not in known:
            report.compare(
                f"{ANNEX}, line {line.number}",
                "the figures of an idea of ranking.csv",
                line["title_en"] or line["title_fr"],
            )
        report.compare(f"{ANNEX}, line {line.number}, event_id", _code(export), line["event_id"])
    report.checked.append(f"{ANNEX}: every line has the figures of an idea of ranking.csv")


def _figures(line: Line, codes: list[str], *, ranking: bool) -> tuple[str, ...]:
    names = (
        ("band", "range_low", "range_high", "scorers")
        if ranking
        else ("priority_band", "rank_low", "rank_high", "n_raters")
    )
    return tuple(
        line[name] for name in (*names, "score", "agreement", "evidence_count", *(f"score_{code}" for code in codes))
    )


def _code(export: Export) -> object:
    event = export.statement.get("event")
    return event.get("code") if isinstance(event, dict) else None
