"""`event.xlsx`: the same tables as the CSV files, for people with a spreadsheet, and the method in words in front.

Numbers are numbers and text is text: the writer is told so cell by cell, and nothing is ever guessed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from xlsxwriter import Workbook

from facilitate.exports import method
from facilitate.exports.content import Content
from facilitate.exports.statement import REHEARSAL, statement, translator
from facilitate.exports.tables import NUMBER, Kind, Table
from facilitate.models import said

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NUMERAL = re.compile(r"-?\d{1,15}(\.\d+)?", re.ASCII)
NARROWEST, WIDEST = 8, 60
INK, PAPER = "#1F3A5F", "#EEF2F7"


def make(content: Content, tables: Iterable[Table]) -> bytes:
    """The workbook as a file."""
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    # To the day: a file must not tell when it was made, nor who came before.
    made_on = datetime.combine(content.occasion.exported_on, time())
    book.set_properties({"title": said(content.occasion.title, content.occasion.language), "created": made_on})
    formats = _Formats(book)
    _read_me(book, formats, content)
    for table in tables:
        _sheet(book, formats, table)
    book.close()
    return out.getvalue()


class _Formats:
    """The few looks of a cell."""

    def __init__(self, book: Any) -> None:
        self._book, self._decimals = book, dict[int, Any]()
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": INK})
        self.heading = book.add_format({"bold": True, "font_color": INK, "bg_color": PAPER, "bottom": 1})
        self.name = book.add_format({"bold": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.alarm = book.add_format({"bold": True, "font_size": 14, "font_color": "#FFFFFF", "bg_color": "#B3261E"})

    def number(self, digits: int) -> Any:
        """As many decimals as the CSV prints."""
        if digits not in self._decimals:
            pattern = "0." + "0" * digits if digits else "0"
            self._decimals[digits] = self._book.add_format({"valign": "top", "num_format": pattern})
        return self._decimals[digits]


def _read_me(book: Any, formats: _Formats, content: Content) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, said(content.occasion.title, content.occasion.language), formats.title)
    at = 1
    if content.occasion.is_rehearsal:
        sheet.write_string(at, 0, translator(content.occasion.language)(REHEARSAL), formats.alarm)
        sheet.set_row(at, 24)
        at += 1
    for line, (name, words) in enumerate(method_in_words(content), start=at + 1):
        sheet.write_string(line, 0, name, formats.name)
        sheet.write_string(line, 1, words, formats.text)


def method_in_words(content: Content) -> list[tuple[str, str]]:
    """The method statement in the language of the event."""
    return statement(method.record(content), content.occasion.language)


def _sheet(book: Any, formats: _Formats, table: Table) -> None:
    sheet = book.add_worksheet(table.title)
    sheet.freeze_panes(1, 0)
    for column, (name, kind) in enumerate(table.columns.items()):
        sheet.write_string(0, column, name, formats.heading)
        cells = [row[name] for row in table.rows]
        sheet.set_column(column, column, _width(name, cells))
        for line, cell in enumerate(cells, start=1):
            _write(sheet, formats, line, column, cell, kind)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Any, formats: _Formats, line: int, column: int, cell: str, kind: Kind) -> None:
    if kind is NUMBER and NUMERAL.fullmatch(cell):
        sheet.write_number(line, column, float(cell), formats.number(len(cell.partition(".")[2])))
    elif cell:
        sheet.write_string(line, column, cell, formats.text)


def _width(name: str, cells: Sequence[str]) -> int:
    longest = max([len(name) + 2, *(len(cell) + 1 for cell in cells)])
    return min(max(longest, NARROWEST), WIDEST)
