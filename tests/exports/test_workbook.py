"""The workbook holds the same tables: numbers as numbers, text as text, and never a formula (X4)."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from facilitate import exports
from facilitate.exports import Content, workbook
from facilitate.exports.tables import NUMBER, TEXT, Table
from tests.exports.conftest import CAFE, VAN
from tests.exports.reading import lines
from tests.exports.test_tables import DANGEROUS

SHEETS = {
    "Ranking": "ranking.csv",
    "Ideas": "ideas.csv",
    "Criteria": "criteria.csv",
    "Scores by criterion": "scores_by_criterion.csv",
    "Evidence": "evidence.csv",
    "Call": "cfp_annex.csv",
}


def opened(made: bytes) -> Any:
    return load_workbook(io.BytesIO(made))


@pytest.fixture(scope="module")
def book(content: Content) -> Any:
    return opened(exports.make("event.xlsx", content))


def test_one_sheet_per_table_and_a_read_me(book: Any) -> None:
    assert book.sheetnames == ["Read me", *SHEETS]


@pytest.mark.parametrize(("sheet", "name"), SHEETS.items())
def test_a_sheet_says_what_its_csv_says(book: Any, content: Content, sheet: str, name: str) -> None:
    header, *rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    wanted = lines(name, content)
    assert header == list(wanted[0])
    assert len(rows) == len(wanted)
    for row, line in zip(rows, wanted, strict=True):
        for value, text in zip(row, line.values(), strict=True):
            assert (value is None and text == "") or same(value, text)


def same(value: object, text: str) -> bool:
    return value == text if isinstance(value, str) else float(str(value)) == float(text)


def test_numbers_are_numbers_and_text_is_text(book: Any) -> None:
    rows = {row[book_column(book, "title")].value: row for row in book["Ranking"].iter_rows(min_row=2)}
    assert VAN in rows
    score = rows[CAFE][book_column(book, "score")]
    assert (score.data_type, score.number_format) == ("n", "0.0")
    assert rows[CAFE][book_column(book, "scorers")].number_format == "0"
    assert rows[CAFE][book_column(book, "idea")].data_type == "s"


def book_column(book: Any, name: str) -> int:
    return [cell.value for cell in book["Ranking"][1]].index(name)


def test_headers_stay_in_sight_and_columns_are_wide_enough(book: Any) -> None:
    for name in SHEETS:
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref
        assert all(8 <= column.width <= 61 for column in book[name].column_dimensions.values())


def test_no_cell_is_a_formula_or_a_link(content: Content) -> None:
    idea = replace(content.ideas[0], title="=1+1", details="https://example.org", short_label="@SUM(1)", sector="-2")
    book = opened(exports.make("event.xlsx", replace(content, ideas=(idea, *content.ideas[1:]))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)


# People's text reaches the database without control characters (`facilitate.text`).
CLEAN = some.text(
    some.one_of(
        some.sampled_from(DANGEROUS + ",;|\"' {}_x0041_\n"),
        some.characters(codec="utf-8", categories=["L", "M", "N", "P", "S"]),
    ),
    min_size=1,
    max_size=12,
)


@given(some.lists(CLEAN, min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
def test_any_text_survives(content: Content, texts: list[str]) -> None:
    table = Table("Texts", {"text": TEXT}, [{"text": text} for text in texts])
    sheet = opened(workbook.make(content, [table]))["Texts"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_number_column_may_hold_words(content: Content) -> None:
    table = Table("Mixed", {"score": NUMBER}, [{"score": "4"}, {"score": "dont_know"}, {"score": ""}])
    sheet = opened(workbook.make(content, [table]))["Mixed"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)][:2] == [4, "dont_know"]


def test_a_table_without_lines(content: Content) -> None:
    sheet = opened(workbook.make(content, [Table("Empty", {"idea": TEXT}, [])]))["Empty"]
    assert (sheet["A1"].value, sheet.auto_filter.ref) == ("idea", None)


def test_the_read_me_states_the_method(book: Any) -> None:
    words = {row[0].value: row[1].value for row in book["Read me"].iter_rows(min_row=2) if row[0].value}
    assert words["People"] == "13 joined, 11 scored, 2 did not."
    assert words["Results"].startswith("Closed, and not revealed")
    assert "B Cost: weight 0.5, 0 to 3, lower is better" in words["Criteria"]
    assert words["Merged"] == "Weekend bus to the language school ← A bus at weekends"
    assert "share a rank" in words["Ties"]


def test_a_rehearsal_is_marked_on_every_sheet(content: Content) -> None:
    rehearsed = replace(content, occasion=replace(content.occasion, is_rehearsal=True, place="Hall"))
    book = opened(exports.make("event.xlsx", rehearsed))
    assert book["Read me"]["A2"].value.startswith("REHEARSAL")
    assert all(sheet.cell(2, sheet.max_column).value == "REHEARSAL" for sheet in book.worksheets[1:])


def test_it_tells_the_day_not_the_time(content: Content) -> None:
    first, second = exports.make("event.xlsx", content), exports.make("event.xlsx", content)
    assert first == second
    with ZipFile(io.BytesIO(first)) as parts:
        assert f"{content.occasion.exported_on}T00:00:00Z" in parts.read("docProps/core.xml").decode()
