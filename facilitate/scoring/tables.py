"""Reading and writing CSV: strict about what it reads, safe in a spreadsheet when it writes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from facilitate.scoring.errors import BadInput

# A cell that starts like this is a formula for some spreadsheet; people open files with any of these separators.
_STARTS = "[=+\\-@\uff0b\uff0d\uff1d\uff20]"
_EDGE = '(^|[,;\\t|\\r\\n])([\\s"]*)'
_DANGER = re.compile(f"{_EDGE}(?='*{_STARTS})")
_GUARDED = re.compile(f"{_EDGE}'(?='*{_STARTS})")


def guard(text: str) -> str:
    """Text that no spreadsheet takes for a formula, whatever separator it is opened with: =1 becomes '=1."""
    return _DANGER.sub(r"\1\2'", text)


def unguard(text: str) -> str:
    """The text before `guard`."""
    return text if "'" not in text else _GUARDED.sub(r"\1\2", text)


@dataclass(frozen=True)
class Row:
    """One line of a table: what stands in its columns, unguarded and without spaces around, and where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def refuse(self, problem: str, value: object = None) -> BadInput:
        return BadInput(problem, file=self.file, line=self.line, value=value)

    def needed(self, column: str) -> str:
        """The cell, which must not be empty."""
        if not self[column]:
            raise self.refuse(f"the column {column} is empty", "")
        return self[column]


@dataclass(frozen=True)
class Columns:
    """The columns a file must have and may have; with `others` there may be more, which are left out."""

    needed: Sequence[str]
    optional: Sequence[str] = ()
    others: bool = False

    @property
    def known(self) -> frozenset[str]:
        return frozenset({*self.needed, *self.optional})

    def check(self, header: Sequence[str], file: str) -> None:
        for name in self.needed:
            if name not in header:
                raise BadInput("a column is missing", file=file, line=1, value=name)
        for at, name in enumerate(header):
            if name in self.known and name in header[:at]:
                raise BadInput("a column appears twice", file=file, line=1, value=name)
            if name not in self.known and not self.others:
                raise BadInput("an unknown column", file=file, line=1, value=name)


def read_table(path: Path, columns: Columns) -> tuple[list[Row], frozenset[str]]:
    """The rows of a CSV file and the known columns it has. Raises BadInput with file, line and value.

    UTF-8 with or without a byte order mark.
    """
    return parse_table(read_text(path), path.name, columns)


def parse_table(text: str, name: str, columns: Columns, separator: str = ",") -> tuple[list[Row], frozenset[str]]:
    """The same for text that is there already; `name` is what its place is called in a complaint."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    rows: list[Row] = []
    try:
        header = [cell.strip() for cell in next(lines, [])]
        columns.check(header, name)
        rows.extend(
            _row(Row(name, lines.line_num, {}), header, cells, columns.known)
            for cells in lines
            if any(cell.strip() for cell in cells)
        )
    except csv.Error as error:
        raise BadInput(f"not a CSV file ({error})", file=name, line=lines.line_num) from error
    return rows, columns.known & frozenset(header)


def _row(at: Row, header: Sequence[str], cells: Sequence[str], known: frozenset[str]) -> Row:
    if len(cells) != len(header):
        raise at.refuse(f"{len(cells)} cells instead of {len(header)}", ",".join(cells))
    found = {name: unguard(cell).strip() for name, cell in zip(header, cells, strict=True) if name in known}
    return Row(at.file, at.line, found)


def read_text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror or error})", file=path.name) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput("not UTF-8 text", file=path.name, line=line, value=raw[error.start : error.end]) from error


def csv_text(header: Sequence[str], rows: Iterable[Mapping[str, str]], ours: frozenset[str] = frozenset()) -> str:
    """A table as RFC 4180 text; every cell is guarded but those of the columns in `ours`, which nobody else wrote."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard(name) for name in header])
    for row in rows:
        writer.writerow([row[name] if name in ours else guard(row[name]) for name in header])
    return out.getvalue()
