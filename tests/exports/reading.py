"""Reading back what an export wrote."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from facilitate import exports
from facilitate.exports import Content
from facilitate.exports.tables import BYTE_ORDER_MARK
from facilitate.scoring.tables import unguard

Line = Mapping[str, str]


def lines(name: str, content: Content) -> list[dict[str, str]]:
    """The lines of one CSV file, with the formula guard undone."""
    return read(exports.make(name, content))


def read(made: bytes) -> list[dict[str, str]]:
    text = made.decode()
    assert text.startswith(BYTE_ORDER_MARK)
    table = csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True)
    return [{name: unguard(cell) for name, cell in line.items()} for line in table]


def header(name: str, content: Content) -> list[str]:
    return exports.make(name, content).decode("utf-8-sig").split("\r\n", 1)[0].split(",")
