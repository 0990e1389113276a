"""The one CSV writer (T17): safe in a spreadsheet whatever the separator, and nothing is lost on the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from facilitate.exports.tables import NUMBER, TEXT, WORD, Table, as_csv
from tests.exports.reading import read

SEPARATORS = (",", ";", "\t", "|")
DANGEROUS = "=+-@＝＋－＠"

LIKELY = DANGEROUS + ",;|\t\n\r\"' 1A_é"
HOSTILE = some.one_of(
    some.text(alphabet=LIKELY, max_size=12),
    some.text(alphabet=some.one_of(some.sampled_from(LIKELY), some.characters(codec="utf-8")), max_size=12),
)
"""Half of it from few characters: among all of Unicode a separator before a formula is too rare to rely on."""


def one_row(*cells: str) -> Table:
    columns = [f"c{at}" for at in range(len(cells))]
    return Table("Test", dict.fromkeys(columns, TEXT), [dict(zip(columns, cells, strict=True))])


def formulas(text: str) -> list[str]:
    """What some spreadsheet, opening this text with some separator, could take for a formula."""
    found = []
    for separator in SEPARATORS:
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
            found += [cell for row in table for cell in row if cell.strip(' "\u00a0').startswith(tuple(DANGEROUS))]
    return found


@given(some.lists(HOSTILE, min_size=1, max_size=3))
@settings(max_examples=2000, deadline=None)
def test_no_cell_is_a_formula_under_any_separator(cells: list[str]) -> None:
    assert formulas(as_csv(one_row(*cells)).decode("utf-8-sig")) == []


@given(some.lists(HOSTILE, min_size=1, max_size=3))
@settings(max_examples=2000, deadline=None)
def test_reading_restores_the_text(cells: list[str]) -> None:
    (row,) = read(as_csv(one_row(*cells, "last")))
    assert list(row.values()) == [cell.replace("\t", " ") for cell in (*cells, "last")]


def first_character_only(cells: Iterable[str]) -> str:
    """The usual escape, which is not enough where the list separator is a semicolon."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([f"'{cell}" if cell.startswith(tuple(DANGEROUS)) else cell for cell in cells])
    return out.getvalue()


def test_the_usual_escape_would_be_found_out() -> None:
    @given(some.lists(HOSTILE, min_size=1, max_size=3))
    @settings(max_examples=2000, deadline=None, database=None, phases=[Phase.generate])
    def usual(cells: list[str]) -> None:
        assert formulas(first_character_only(cells)) == []

    with pytest.raises((AssertionError, ExceptionGroup)):
        usual()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("x;=1+1", "x;'=1+1"),
        ("a\tb", "a b"),
        ("＝HYPERLINK(1)", "'＝HYPERLINK(1)"),
        ("'=1", "''=1"),
        ("5-3", "5-3"),
        ("me@example.org", "me@example.org"),
    ],
)
def test_guarded_text(text: str, written: str) -> None:
    assert as_csv(one_row(text, "x")).decode("utf-8-sig").split("\r\n")[1] == f"{written},x"


def test_a_spreadsheet_sees_utf_8_lines_and_numbers() -> None:
    columns = {"title": TEXT, "score": NUMBER, "rank_label": WORD}
    made = as_csv(Table("Test", columns, [{"title": 'Été, "là"', "score": "-1.5", "rank_label": "=2"}]))
    assert made == '\ufefftitle,score,rank_label\r\n"Été, ""là""",-1.5,=2\r\n'.encode()


def test_a_table_without_lines_keeps_its_header() -> None:
    assert as_csv(Table("Test", {"idea": TEXT}, [])) == "\ufeffidea\r\n".encode()
