"""The ranking leaves the house in the columns of `facilitate rank`, and can be recomputed from the other files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from facilitate import exports
from facilitate.exports import Content
from facilitate.exports.ballots import LINKED, UNLINKED
from facilitate.queries.room import Row
from facilitate.scoring import columns
from facilitate.scoring.files import rank_files
from tests.exports.conftest import CAFE, UNSEEN, VAN, WEEKEND, Rich
from tests.exports.reading import header, lines

ABOUT = [
    "title",
    "short_label",
    "kind",
    "sector",
    "community",
    "organization",
    "language",
    "channel",
    "evidence_count",
    "merged_count",
    "added_late",
]


def raw(text: str, width: int | None = None) -> list[list[str]]:
    """Cells as they stand in the file, guard and all."""
    return [row[:width] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]


def recomputed(content: Content, folder: Path, way: str = LINKED) -> list[list[str]]:
    """What `facilitate rank` makes of the exported ballots."""
    for name in ("ballots.csv", "criteria.csv", "method.json"):
        (folder / name).write_bytes(exports.make(name, content, way=way))
    ranked = rank_files(folder / "ballots.csv", folder / "criteria.csv", folder / "method.json")
    assert ranked.warnings == ()
    return raw(ranked.csv())


def common(content: Content) -> list[list[str]]:
    width = len(columns.header(content.outcome.criteria))
    return raw(exports.make("ranking.csv", content).decode("utf-8-sig"), width)


def test_it_begins_with_the_common_columns(content: Content) -> None:
    assert header("ranking.csv", content) == [*columns.header(content.outcome.criteria), *ABOUT]


def test_ballots_give_the_same_ranking_to_the_character(content: Content, tmp_path: Path) -> None:
    assert recomputed(content, tmp_path) == common(content)


def test_the_day_holds_every_case(content: Content, rich: Rich) -> None:
    """Positive control of the test above: nothing of it was left to chance."""
    rows = {line["title"]: line for line in lines("ranking.csv", content)}
    assert rows[UNSEEN]["status"] == "not ranked: too few scores (0 of 3) on Need"
    assert rows[UNSEEN]["score"] == rows[UNSEEN]["rank"] == ""
    assert rows[VAN]["recused"] == "some"
    assert rows[CAFE]["recused"] == "6"  # five of the organization it names, and its author
    assert rows[WEEKEND]["merged_count"] == "1"
    assert int(rows[WEEKEND]["dont_know_B"]) > 0
    assert content.outcome.participants > content.outcome.scorers
    assert any(question.scale.lower_is_better for question in content.questions)


def test_any_room_can_be_recomputed(content: Content, tmp_path: Path) -> None:
    for seed in range(30):
        room = with_rows(content, random_rows(content, Random(seed)))  # noqa: S311 - repeatable, not secret
        assert recomputed(room, tmp_path) == common(room), seed


def test_unlinked_ballots_give_the_same_ranks(content: Content, tmp_path: Path) -> None:
    unlinked, linked = recomputed(content, tmp_path, UNLINKED), common(content)
    assert [row[:4] for row in unlinked] == [row[:4] for row in linked]


def test_nobody_scored(content: Content, tmp_path: Path) -> None:
    silent = with_rows(content, [])
    assert recomputed(silent, tmp_path) == common(silent)
    assert {line["rank"] for line in lines("ranking.csv", silent)} == {""}


def test_nobody_came(content: Content, tmp_path: Path) -> None:
    empty = replace(content, rows=(), people=())
    assert recomputed(empty, tmp_path) == common(empty)


def test_ties_are_printed_as_ties(content: Content, tmp_path: Path) -> None:
    shown = content.in_state("shown")
    rows = [
        Row(idea.id, question.scale.code, person.ballot, question.values[1])
        for idea in shown
        for question in content.questions
        for person in content.people
    ]
    tied = with_rows(content, rows)
    assert {line["rank_label"] for line in lines("ranking.csv", tied)} == {"=1"}
    assert recomputed(tied, tmp_path) == common(tied)


def with_rows(content: Content, rows: Sequence[Row]) -> Content:
    return replace(content, rows=tuple(rows))


def random_rows(content: Content, random: Random) -> list[Row]:
    """Answers of a room in which people skip, do not know, and stay out."""
    rows = []
    for idea in content.in_state("shown"):
        for person in content.people:
            if random.random() < 0.1:
                rows += [Row(idea.id, each.scale.code, person.ballot, "recused") for each in content.questions]
                continue
            for question in content.questions:
                answer = random.choice([*question.values, "dont_know", ""])
                rows += [Row(idea.id, question.scale.code, person.ballot, answer)] if answer else []
    return rows
