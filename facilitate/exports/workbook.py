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
from facilitate.exports.content import Content, said
from facilitate.exports.tables import NUMBER, Kind, Table

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
        sheet.write_string(at, 0, method.REHEARSAL, formats.alarm)
        sheet.set_row(at, 24)
        at += 1
    for line, (name, words) in enumerate(method_in_words(content), start=at + 1):
        sheet.write_string(line, 0, name, formats.name)
        sheet.write_string(line, 1, words, formats.text)


def method_in_words(content: Content) -> list[tuple[str, str]]:
    """The method statement as a person reads it: what, then the sentence."""
    occasion = content.occasion
    people, ideas, answers = method.people(content), method.ideas(content), method.answers(content)
    shown = "revealed to the room" if occasion.is_revealed else "not revealed to the room yet: keep them to yourself"
    return [
        ("Event", f"{occasion.code}, {occasion.day}{f', {occasion.place}' if occasion.place else ''}"),
        ("Results", f"Closed, and {shown}."),
        ("Who could join", method.admission(content)["meaning"]),
        ("People", "{joined} joined, {scored} scored, {did_not_score} did not.".format_map(people)),
        *_excluded(content),
        (
            "Ideas",
            "{sent} sent: {ranked} ranked, {not_ranked} not ranked, {merged} merged into another one, {set_aside} set "
            "aside, {waiting} still waiting, {withdrawn} taken back by their authors.".format_map(ideas),
        ),
        (
            "Answers",
            "{scores} scores and {dont_know} times “don’t know”; {recusals} recusals.".format_map(answers),
        ),
        ("Criteria", "; ".join(_weighing(content))),
        (
            "Weights",
            f"Set by the preset {occasion.preset}, locked when scoring opened on {occasion.scoring_opened_on}.",
        ),
        *((name.replace("_", " ").capitalize(), words) for name, words in method.rules(content).items()),
        *_merges(content),
        ("Closing hash", occasion.closing_hash or "none: scoring was opened again since"),
        ("Software", f"facilitate {occasion.software}, exported on {occasion.exported_on}"),
    ]


def _excluded(content: Content) -> list[tuple[str, str]]:
    """Ballots that were set apart stand here in words: never silently."""
    reasons = "; ".join(f"{each['ballots']}: {each['reason']}" for each in method.exclusions(content))
    excluded = method.people(content)["ballots_excluded"]
    if not excluded:
        return []
    count = f"{excluded} ballot{'s' if excluded > 1 else ''} excluded before anybody saw the results"
    return [("Excluded", f"{count} ({reasons}).")]


def _weighing(content: Content) -> list[str]:
    """Each criterion with its weight and scale."""
    return [
        f"{question.scale.code} {said(question.label, content.occasion.language)}: weight {question.weight}, "
        f"{question.values[0]} to {question.values[-1]}{', lower is better' if question.scale.lower_is_better else ''}"
        for question in content.questions
    ]


def _merges(content: Content) -> list[tuple[str, str]]:
    return [
        ("Merged", f"{merge['title']} ← {' · '.join(original['title'] for original in merge['originals'])}")
        for merge in method.merges(content)
    ]


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
