"""One table, and the one way it becomes a CSV file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from facilitate.scoring.tables import csv_text

BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that the file is UTF-8; without it, accents break."""


class Kind(Enum):
    """What stands in a column."""

    NUMBER = "numbers, or nothing"
    WORD = "words of this software, which nobody else can write"
    TEXT = "what people wrote: anything"


NUMBER, WORD, TEXT = Kind.NUMBER, Kind.WORD, Kind.TEXT


@dataclass(frozen=True)
class Table:
    title: str
    columns: Mapping[str, Kind]
    rows: Sequence[Mapping[str, str]]

    def marked(self, word: str) -> Table:
        """The same table with a last column that says `word` in every line."""
        return Table(self.title, {**self.columns, "note": WORD}, [{**row, "note": word} for row in self.rows])


def as_csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8, with a byte order mark. No cell that people wrote is a formula, whatever the separator."""
    ours = frozenset(name for name, kind in table.columns.items() if kind is not TEXT)
    rows = [{name: row[name].replace("\t", " ") for name in table.columns} for row in table.rows]
    return (BYTE_ORDER_MARK + csv_text(list(table.columns), rows, ours)).encode()


def flag(truth: object) -> str:
    return "1" if truth else "0"
