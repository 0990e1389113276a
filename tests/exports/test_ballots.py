"""Raw ballots: every answer, nobody's name, and no trace of who came when (R17, V1, V2)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from random import Random

import pytest
from flask import Flask

from facilitate import exports
from facilitate.exports import Content
from facilitate.exports.ballots import LINKED, UNLINKED, ideas_under, parts_to_name, table
from facilitate.exports.content import Person
from facilitate.scoring.files import SCORES
from facilitate.scoring.rounding import exact
from tests.builders import NAMES, THREE, Play
from tests.exports.conftest import CAFE, UNSEEN, VAN, WEEKEND, Rich
from tests.exports.reading import header, lines, read


def test_the_columns_are_those_that_rank_reads(content: Content) -> None:
    columns = header("ballots.csv", content)
    order = [*SCORES.needed, *SCORES.optional]
    assert columns == [name for name in order if name in columns]
    assert columns[:4] == list(SCORES.needed)


def test_every_answer_is_there_once(content: Content, rich: Rich) -> None:
    rows = lines("ballots.csv", content)
    answers = Counter(
        (row["idea"], row["criterion"], row["score"]) for row in rows if row["idea"] != rich.ideas[UNSEEN]
    )
    assert answers == Counter((row.idea, row.criterion, row.answer) for row in content.rows)
    assert {"dont_know", "recused"} <= {row["score"] for row in rows}


def test_only_an_idea_without_any_answer_has_an_empty_one(content: Content, rich: Rich) -> None:
    empty = [row for row in lines("ballots.csv", content) if row["score"] == ""]
    assert [row["idea"] for row in empty] == [rich.ideas[UNSEEN]]


def test_who_is_recused_gave_no_score(content: Content, rich: Rich) -> None:
    rows = [row for row in lines("ballots.csv", content) if row["idea"] in (rich.ideas[CAFE], rich.ideas[VAN])]
    recused = {(row["idea"], row["rater"]) for row in rows if row["score"] == "recused"}
    assert len(recused) == 7
    assert all(row["score"] == "recused" for row in rows if (row["idea"], row["rater"]) in recused)


def test_a_merged_idea_counts_each_person_once_with_the_newest_answer(app: Flask) -> None:
    play = Play(app, criteria=THREE).joins("Amina", "Ben").until("collect")
    bus, double = play.sends("Bus"), play.sends("A bus")
    play.until("score")
    play.scores("Amina", double, {"A": "1", "B": "0"})
    play.scores("Amina", bus, {"A": "5"})
    play.scores("Ben", double, {"A": "3"})
    play.until("reveal").merges(double, bus)
    rows = lines("ballots.csv", play.content())
    assert [(row["idea"], row["criterion"], row["score"]) for row in rows] == [
        (bus, "A", "3"),
        (bus, "A", "5"),
        (bus, "B", "0"),
    ]


def test_linked_ids_are_one_per_person_and_fresh_each_time(content: Content) -> None:
    first, second = lines("ballots.csv", content), lines("ballots.csv", content)
    raters = {row["rater"] for row in first}
    assert len(raters) == len({row.ballot for row in content.rows})
    assert raters.isdisjoint(row["rater"] for row in second)
    assert raters.isdisjoint(person.ballot for person in content.people)
    assert all(re.fullmatch("r[0-9a-f]{16}", rater) for rater in raters)


def test_unlinked_ids_are_fresh_per_person_and_idea(content: Content) -> None:
    ideas = defaultdict(set)
    for row in read(exports.make("ballots.csv", content, way=UNLINKED)):
        ideas[row["rater"]].add(row["idea"])
    assert {len(each) for each in ideas.values()} == {1}
    answered = {(row.idea, row.ballot) for row in content.rows}
    assert len(ideas) == len(answered) + 1  # and the idea that nobody scored


@pytest.mark.parametrize("way", [LINKED, UNLINKED])
def test_order_is_a_function_of_the_content(content: Content, way: str) -> None:
    rows = list(table(content, way).rows)
    assert rows == sorted(rows, key=lambda row: (row["idea"], row["criterion"], *_score(row["score"]), row["rater"]))
    random = Random(1)  # noqa: S311 - repeatable, not secret
    shuffled = replace(
        content,
        rows=tuple(random.sample(content.rows, len(content.rows))),
        people=tuple(random.sample(content.people, len(content.people))),
    )
    assert _without_ids(shuffled, way) == _without_ids(content, way)


def _score(text: str) -> tuple[bool, object]:
    return (True, text) if text in ("", "dont_know", "recused") else (False, exact(text))


def _without_ids(content: Content, way: str) -> Counter[tuple[str, str, str]]:
    return Counter((row["idea"], row["criterion"], row["score"]) for row in table(content, way).rows)


def test_nothing_tells_the_time(content: Content) -> None:
    for way in (LINKED, UNLINKED):
        text = exports.make("ballots.csv", content, way=way).decode()
        assert not re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d", text)


# --- parts of the room ---


def crowd(*parts: tuple[str, str, int], channel: str = "phone") -> list[Person]:
    return [Person(f"{g}{o}{n}", g, o, channel) for g, o, size in parts for n in range(size)]


@pytest.mark.parametrize(
    ("people", "named"),
    [
        (crowd(("Staff", "", 10), ("Newcomers", "", 12)), ["group", "channel"]),
        (crowd(("Staff", "", 10), ("Newcomers", "", 9)), ["channel"]),
        (crowd(("Staff", "", 20), ("", "", 1)), ["channel"]),  # who stated nothing can be told from the rest
        (crowd(("Staff", "X", 20), ("Newcomers", "Y", 20)), ["group", "organization", "channel"]),
        (crowd(("Staff", "X", 20), ("Newcomers", "X", 2), ("Newcomers", "Y", 18)), ["group", "channel"]),
        ([*crowd(("Staff", "", 20)), *crowd(("Staff", "", 3), channel="paper")], ["group"]),
        (crowd(("Staff", "X", 9)), []),
        ([], []),
    ],
)
def test_a_column_only_where_every_value_holds_k(people: list[Person], named: list[str]) -> None:
    assert parts_to_name(people, 10) == named


def test_a_part_that_is_too_small_leaves_its_column_out(content: Content) -> None:
    assert "group" in header("ballots.csv", content)
    strict = replace(content, settings=replace(content.settings, k=7))
    assert {"group", "organization"}.isdisjoint(header("ballots.csv", strict))


def test_unlinked_ballots_name_no_part(content: Content) -> None:
    assert list(table(content, UNLINKED).columns) == ["idea", "criterion", "rater", "score", "idea_organization"]


def test_no_idea_names_an_organization(app: Flask) -> None:
    play = Play(app, criteria=THREE).joins(*NAMES[:3]).until("collect")
    play.sends("Bus")
    assert "idea_organization" not in header("ballots.csv", play.until("reveal").content())


def test_where_unlinked_ballots_may_be_published(content: Content, rich: Rich) -> None:
    assert ideas_under(content, content.k) == 1
    scored = [idea for idea in content.ideas if idea.id != rich.ideas[UNSEEN]]
    assert ideas_under(replace(content, ideas=tuple(scored)), content.k) == 0
    assert WEEKEND in {idea.title for idea in scored}
