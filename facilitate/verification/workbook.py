"""The workbook of an export: every sheet says what its CSV file says."""

from __future__ import annotations

import io
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from facilitate.scoring.errors import BadInput
from facilitate.verification.report import Report
from facilitate.verification.sheets import WORKBOOK, Export, Sheet

SHEETS = {
    "Ranking": "ranking.csv",
    "Ideas": "ideas.csv",
    "Criteria": "criteria.csv",
    "Scores by criterion": "scores_by_criterion.csv",
    "Evidence": "evidence.csv",
    "Call": "cfp_annex.csv",
}


def check_workbook(export: Export, report: Report) -> None:
    file = export.folder / WORKBOOK
    if not file.exists():
        report.unchecked.append(f"{WORKBOOK}: it is not there")
        return
    try:
        book = load_workbook(io.BytesIO(file.read_bytes()), read_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise BadInput("not a workbook", file=WORKBOOK) from error
    for title, name in SHEETS.items():
        if name in export.sheets and title in book.sheetnames:
            _same([[cell.value for cell in row] for row in book[title].iter_rows()], export.sheets[name], title, report)
        elif name in export.sheets:
            report.differences.append(f"{WORKBOOK}: the sheet {title} is missing")
    book.close()
    report.checked.append(f"{WORKBOOK}: every sheet against its CSV file")


def _same(rows: list[list[Any]], table: Sheet, title: str, report: Report) -> None:
    place = f"{WORKBOOK}, sheet {title}"
    header = [str(cell or "") for cell in rows[0]] if rows else []
    report.compare(f"{place}, columns", ", ".join(table.columns), ", ".join(header))
    report.compare(f"{place}, number of lines", len(table.lines), len(rows) - 1)
    for number, (row, line) in enumerate(zip(rows[1:], table.lines, strict=False), start=2):
        for column, value in zip(header, row, strict=False):
            if not _means(value, line[column]):
                report.compare(f"{place}, row {number}, {column}", line[column], value)


def _means(value: Any, text: str) -> bool:
    """Does a cell of the workbook hold what is written in the file?"""
    if value is None:
        return text == ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(text) == value
    return str(value).replace("\t", " ") == text


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
