"""`facilitate rank`: the same engine without a room, from SCORES.csv, CRITERIA.csv and method.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from facilitate.scoring.ballots import STATES, Ballots, alphabetical, ballots, off_scale
from facilitate.scoring.columns import TEXTS, header, records
from facilitate.scoring.errors import BadInput
from facilitate.scoring.organizations import recuse_own
from facilitate.scoring.outcome import Outcome, evaluate
from facilitate.scoring.rounding import exact
from facilitate.scoring.rounds import final_rows
from facilitate.scoring.scales import Criterion, check_weights
from facilitate.scoring.settings import Settings, read_facts
from facilitate.scoring.tables import Columns, Row, csv_text, read_table, read_text

SCORES = Columns(
    ("idea", "criterion", "rater", "score"), ("organization", "group", "idea_organization", "round", "channel")
)
CRITERIA = Columns(("criterion", "weight", "low", "high"), ("lower_is_better", "label"), others=True)

ASSUMED = "No criteria file: equal weights, and the smallest ({low:g}) and largest ({high:g}) score as the scale."
NOTHING = "No criteria file and no scores: there is nothing to rank."

Answer = Fraction | str | None


@dataclass(frozen=True)
class Score:
    """One line of SCORES.csv."""

    idea: str
    criterion: str
    rater: str
    round: int
    answer: Answer
    row: Row


@dataclass(frozen=True, eq=False)
class Ranked:
    """The outcome of files, and what an analyst should be warned of."""

    outcome: Outcome
    warnings: tuple[str, ...]

    def csv(self) -> str:
        columns = header(self.outcome.criteria)
        return csv_text(columns, records(self.outcome), frozenset(columns) - TEXTS)


def rank_files(
    scores: Path, criteria: Path | None = None, settings: Path | None = None, flags: Mapping[str, Any] | None = None
) -> Ranked:
    """Rank what the files say. `flags` are fields of Settings that win over the settings file; None stands for unset.

    Raises BadInput with file, line and value for anything that cannot be used.
    """
    chosen, levels = read_settings(settings) if settings else ({}, {})
    decided = Settings(**(chosen | {name: value for name, value in (flags or {}).items() if value is not None}))
    lines, columns = read_scores(scores)
    if decided.balance and "group" not in columns:
        raise BadInput("balanced groups need the column group", file=scores.name, line=1)
    scales, warnings = (read_criteria(criteria), ()) if criteria else assumed_criteria(lines)
    room = read_ballots(
        lines, [replace(each, levels=levels.get(each.code)) for each in scales], fall_back=decided.fall_back
    )
    try:
        return Ranked(evaluate(room, decided), tuple(warnings))
    except BadInput as error:
        raise error.at(file=scores.name, line=1) from error


def read_scores(path: Path) -> tuple[list[Score], frozenset[str]]:
    """The lines of SCORES.csv and the columns it has; a second answer by one rater is refused."""
    rows, columns = read_table(path, SCORES)
    lines = [_score(row) for row in rows]
    seen: set[tuple[str, str, str, int]] = set()
    for line in lines:
        key = (line.idea, line.criterion, line.rater, line.round)
        if key in seen:
            raise line.row.refuse("a second answer by the same rater", ", ".join(key[:3]))
        seen.add(key)
    return lines, columns


def _score(row: Row) -> Score:
    names = (row.needed("idea"), row.needed("criterion"), row.needed("rater"))
    return Score(*names, _round(row), _answer(row), row)


def _answer(row: Row) -> Answer:
    text = row["score"]
    if text in STATES:
        return text or None
    try:
        return _number(text)
    except BadInput:
        raise row.refuse("a score that is no number, dont_know or recused", text) from None


@lru_cache(maxsize=10_000)
def _number(text: str) -> Fraction:
    return exact(text)


def _round(row: Row) -> int:
    text = row["round"] or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1000):
        raise row.refuse("a round is a whole number from 1", text)
    return int(text)


def read_criteria(path: Path) -> tuple[Criterion, ...]:
    """The rows of CRITERIA.csv; further columns are ignored."""
    rows, _ = read_table(path, CRITERIA)
    criteria: dict[str, Criterion] = {}
    for row in rows:
        code = row.needed("criterion")
        if code in criteria:
            raise row.refuse("a criterion appears twice", code)
        criteria[code] = _criterion(code, row)
    if not criteria:
        raise BadInput("no criteria", file=path.name, line=1)
    try:
        check_weights(list(criteria.values()))
    except BadInput as error:
        raise BadInput(error.problem, file=path.name, line=rows[-1].line, value="0") from error
    return tuple(criteria.values())


def _criterion(code: str, row: Row) -> Criterion:
    try:
        weight, low, high = (exact(row.needed(column)) for column in CRITERIA.needed[1:])
        return Criterion(code, weight, low, high, _flag(row, "lower_is_better"), row["label"])
    except BadInput as error:
        raise row.refuse(error.problem, error.value) from error


def _flag(row: Row, column: str) -> bool:
    if row[column] not in ("", "0", "1"):
        raise row.refuse(f"{column} is 0 or 1", row[column])
    return row[column] == "1"


def assumed_criteria(lines: Iterable[Score]) -> tuple[tuple[Criterion, ...], tuple[str, ...]]:
    """Equal weights and the smallest and largest score as the scale, with the warning that says so."""
    numbers = [line for line in lines if isinstance(line.answer, Fraction)]
    codes = sorted({line.criterion for line in lines}, key=alphabetical)
    if not numbers:
        return tuple(Criterion(code, low=Fraction(0), high=Fraction(1)) for code in codes), (NOTHING,)
    low = min(line.answer for line in numbers if isinstance(line.answer, Fraction))
    high = max(line.answer for line in numbers if isinstance(line.answer, Fraction))
    if low == high:
        raise numbers[0].row.refuse("all scores are equal, so only a criteria file can tell the scale", low)
    warning = ASSUMED.format(low=float(low), high=float(high))
    return tuple(Criterion(code, low=low, high=high) for code in codes), (warning,)


def read_ballots(lines: Sequence[Score], criteria: Sequence[Criterion], *, fall_back: bool) -> Ballots:
    """The ballots of SCORES.csv: the round that counts, and nobody on an idea of their own organization."""
    known = {each.code: each for each in criteria}
    for line in lines:
        _check(line, known)
    groups = _one_each(lines, "rater", "group")
    organizations = _one_each(lines, "rater", "organization")
    rows = [(line.idea, line.criterion, line.rater, line.round, line.answer) for line in lines]
    room = ballots(
        criteria,
        final_rows(rows, fall_back=fall_back),
        ideas={line.idea for line in lines},
        raters={line.rater for line in lines},
        groups=groups,
        organizations=organizations,
    )
    return recuse_own(room, _one_each(lines, "idea", "idea_organization")) if organizations else room


def _check(line: Score, known: Mapping[str, Criterion]) -> None:
    if line.criterion not in known:
        raise line.row.refuse("a criterion without a row in the criteria file", line.criterion)
    criterion = known[line.criterion]
    if isinstance(line.answer, Fraction) and not criterion.holds(line.answer):
        raise line.row.refuse(off_scale(criterion), line.row["score"])


def _one_each(lines: Iterable[Score], owner: str, column: str) -> dict[str, str]:
    """What a column says of each rater or idea; two different answers are refused, blanks say nothing."""
    found: dict[str, str] = {}
    for line in lines:
        value, name = line.row[column], line.row[owner]
        if value and found.setdefault(name, value) != value:
            raise line.row.refuse(f"{owner} {name} has two values in {column}: {found[name]!r} and", value)
    return found


def read_settings(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The fields of Settings in a method.json, and the number of levels per criterion where it names them."""
    text = read_text(path)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput(f"not JSON ({error.msg})", file=path.name, line=error.lineno) from error
    facts = data.get("settings", data) if isinstance(data, dict) else None
    if not isinstance(facts, dict):
        raise BadInput("no settings", file=path.name, line=1)
    try:
        levels = facts.get("levels")
        return read_facts(facts), _levels(levels) if isinstance(levels, dict) else {}
    except BadInput as error:
        raise error.at(file=path.name, line=_line_of(text, error.problem.split()[0])) from error


def _levels(levels: Mapping[str, Any]) -> dict[str, int]:
    for code, number in levels.items():
        if type(number) is not int or number < 2:
            raise BadInput("levels in the settings are whole numbers from 2", value=f"{code}: {number}")
    return dict(levels)


def _line_of(text: str, name: str) -> int:
    before = text.partition(f'"{name}"')[0]
    return before.count("\n") + 1
