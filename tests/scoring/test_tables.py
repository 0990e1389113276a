import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.scoring.errors import BadInput
from facilitate.scoring.tables import Columns, csv_text, guard, read_table, unguard

TWO = Columns(("a", "b"), ("c",))
NASTY = st.text(st.sampled_from("=+-@＝＋－＠'\";,|\t\r\n ab1"), max_size=12) | st.text(max_size=12)


def written(tmp_path: Path, raw: bytes) -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(raw)
    return path


@given(NASTY)
def test_a_guarded_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(NASTY)
def test_no_cell_begins_a_formula_under_any_separator(text: str) -> None:
    for cell in re.split(r"[,;\t|\r\n]", guard(text)):
        assert cell.strip(' "\t')[:1] not in set("=+-@＝＋－＠")


@pytest.mark.parametrize(
    ("text", "guarded"),
    [("=1+1", "'=1+1"), ("a;=x", "a;'=x"), ("'=x", "''=x"), ("-5", "'-5"), ("a-b", "a-b"), ("it's", "it's")],
)
def test_the_guard_is_one_apostrophe(text: str, guarded: str) -> None:
    assert guard(text) == guarded


@given(st.lists(NASTY.filter(lambda text: text.strip() == text and "\0" not in text), min_size=1, max_size=4))
def test_a_table_comes_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_bytes(csv_text(["a", "b"], [{"a": cell, "b": "x"} for cell in cells]).encode())
    assert [row["a"] for row in read_table(path, TWO)[0]] == cells


def test_columns_of_ours_are_written_as_they_are() -> None:
    text = csv_text(["a", "b"], [{"a": "=2", "b": "=2"}], frozenset({"a"}))
    assert list(csv.reader(io.StringIO(text))) == [["a", "b"], ["=2", "'=2"]]
    assert text.endswith("\r\n")


def test_a_byte_order_mark_and_spaces_do_no_harm(tmp_path: Path) -> None:
    rows, known = read_table(written(tmp_path, "\ufeffa, b\n x ,é\n\n , \n".encode()), TWO)
    assert [(row["a"], row["b"], row["c"], row.line) for row in rows] == [("x", "é", "", 2)]
    assert known == {"a", "b"}


def test_further_columns_are_left_out_where_that_is_allowed(tmp_path: Path) -> None:
    path = written(tmp_path, b"z,b,a,z\n1,2,3,4\n")
    rows, known = read_table(path, Columns(("a", "b"), others=True))
    assert (dict(rows[0].cells), known) == ({"a": "3", "b": "2"}, frozenset({"a", "b"}))


@pytest.mark.parametrize(
    ("raw", "line", "sentence"),
    [
        (b"a\n1\n", 1, "table.csv, line 1: a column is missing: 'b'"),
        (b"", 1, "table.csv, line 1: a column is missing: 'a'"),
        (b"a,b,d\n", 1, "table.csv, line 1: an unknown column: 'd'"),
        (b"a,b,a\n", 1, "table.csv, line 1: a column appears twice: 'a'"),
        (b"a,b\n1,2\n1\n", 3, "table.csv, line 3: 1 cells instead of 2: '1'"),
        (b"a,b\n1,\xff\n", 2, "table.csv, line 2: not UTF-8 text: \"b'\\\\xff'\""),
    ],
)
def test_bad_tables_are_refused_with_file_line_and_value(tmp_path: Path, raw: bytes, line: int, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_table(written(tmp_path, raw), TWO)
    assert (refused.value.file, refused.value.line, str(refused.value)) == ("table.csv", line, sentence)


def test_a_file_that_is_no_csv_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"line 2: not a CSV file"):
        read_table(written(tmp_path, b'a,b\n"x"y,1\n'), TWO)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.csv: cannot be read \(No such file or directory\)"):
        read_table(tmp_path / "nowhere.csv", TWO)


def test_an_empty_cell_that_is_needed_is_refused(tmp_path: Path) -> None:
    rows, _ = read_table(written(tmp_path, b"a,b\n,1\n"), TWO)
    with pytest.raises(BadInput, match="line 2: the column a is empty"):
        rows[0].needed("a")


def test_a_refusal_without_a_place_says_only_what_is_wrong() -> None:
    assert str(BadInput("no number", value="x")) == "no number: 'x'"
    assert str(BadInput("no number", value="x").at(file="f.csv", line=3)) == "f.csv, line 3: no number: 'x'"
