"""The files people take away: one module each, and a line in EXPORTS.

`gather` reads the database, on the hub, into plain frozen data; `make` needs nothing else, so it runs aside in a real
thread. Nothing is gathered while scoring is open.
"""

from __future__ import annotations

from collections.abc import Callable

from facilitate.exports import (
    ballots,
    cfp_annex,
    criteria,
    evidence,
    ideas,
    method,
    ranking,
    scores_by_criterion,
    workbook,
)
from facilitate.exports.content import Content, gather
from facilitate.exports.tables import Table, as_csv

__all__ = ["BALLOTS", "EXPORTS", "Content", "gather", "make", "media_type", "names"]

Maker = Callable[[Content], Table | bytes]


def _workbook(content: Content) -> bytes:
    """Every table below, one sheet each."""
    return workbook.make(content, [_table(name, content) for name in EXPORTS if name.endswith(".csv")])


# The workbook is offered first. A table becomes a CSV file and a sheet of the workbook; bytes stay as they are.
EXPORTS: dict[str, Maker] = {
    "event.xlsx": _workbook,
    "ranking.csv": ranking.table,
    "ideas.csv": ideas.table,
    "criteria.csv": criteria.table,
    "scores_by_criterion.csv": scores_by_criterion.table,
    "evidence.csv": evidence.table,
    "cfp_annex.csv": cfp_annex.table,
    "method.json": method.as_json,
}

BALLOTS = "ballots.csv"
"""Raw ballots stand apart: only where the join page announced them, or by the operator's command."""

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}


def names(*, with_ballots: bool = False) -> list[str]:
    """The files of an event, the most useful first."""
    return [*EXPORTS, *([BALLOTS] if with_ballots else [])]


def make(name: str, content: Content, *, way: str = ballots.LINKED) -> bytes:
    """One file. `way` says whether the lines of `ballots.csv` are linked by person."""
    if name == BALLOTS:
        return as_csv(ballots.table(content, way))
    if name.endswith(".csv"):
        return as_csv(_table(name, content))
    made = EXPORTS[name](content)
    assert isinstance(made, bytes)
    return made


def media_type(name: str) -> str:
    return MEDIA_TYPES[name.rpartition(".")[2]]


def _table(name: str, content: Content) -> Table:
    """One table; that of a rehearsal says so in every line."""
    table = EXPORTS[name](content)
    assert isinstance(table, Table)
    return table.marked("REHEARSAL") if content.occasion.is_rehearsal else table
