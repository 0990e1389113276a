"""The files of an export as they are read back: every cell with the line it stands on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from facilitate.scoring.errors import BadInput
from facilitate.scoring.files import read_criteria, read_settings
from facilitate.scoring.scales import Criterion
from facilitate.scoring.settings import Settings
from facilitate.scoring.tables import read_text, unguard

NEEDED = ("ranking.csv", "criteria.csv")
OTHERS = ("ideas.csv", "scores_by_criterion.csv", "evidence.csv", "cfp_annex.csv")
METHOD, BALLOTS, WORKBOOK = "method.json", "ballots.csv", "event.xlsx"


@dataclass(frozen=True)
class Line:
    """One record of a table, as it is written: cells are guarded."""

    number: int
    """Of the line in the file on which it begins."""
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """What the cell means; empty where there is no such column."""
        return unguard(self.cells.get(column, ""))


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    def by(self, column: str) -> dict[str, Line]:
        return {line[column]: line for line in self.lines}


@dataclass(frozen=True)
class Export:
    """A folder of files, read."""

    folder: Path
    sheets: Mapping[str, Sheet]
    statement: Mapping[str, Any]
    """The method statement."""
    settings: Settings
    criteria: tuple[Criterion, ...]
    levels: Mapping[str, tuple[str, ...]]
    """Criterion to the answers that people could choose from."""

    @cached_property
    def ranking(self) -> Sheet:
        return self.sheets["ranking.csv"]


def read_export(folder: Path) -> Export:
    """Raises BadInput for what is not there or cannot be read."""
    if not folder.is_dir():
        raise BadInput("there is no such folder", value=str(folder))
    there = [name for name in (*NEEDED, *OTHERS) if name in NEEDED or (folder / name).exists()]
    sheets = {name: sheet(name, read_text(folder / name)) for name in there}
    settings, _ = read_settings(folder / METHOD)
    statement = json.loads(read_text(folder / METHOD)).get("method")
    if not isinstance(statement, dict) or not isinstance(statement.get("criteria"), list):
        raise BadInput("no method statement", file=METHOD)
    return Export(
        folder,
        sheets,
        statement,
        Settings(**settings),
        read_criteria(folder / "criteria.csv"),
        {str(each["criterion"]): tuple(map(str, each["levels"])) for each in statement["criteria"] if _is_asked(each)},
    )


def _is_asked(each: Any) -> bool:
    return isinstance(each, dict) and "criterion" in each and isinstance(each.get("levels"), list)


def sheet(name: str, text: str) -> Sheet:
    """A table from its text; raises BadInput where it is none."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    try:
        columns = tuple(next(reader, []))
        begin = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(columns):
                raise BadInput(f"{len(cells)} cells instead of {len(columns)}", file=name, line=begin)
            lines.append(Line(begin, dict(zip(columns, cells, strict=True))))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(f"not a CSV file ({error})", file=name, line=reader.line_num) from error
    if len(set(columns)) < len(columns):
        raise BadInput("a column appears twice", file=name, line=1)
    return Sheet(name, columns, tuple(lines))
