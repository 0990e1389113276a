"""Means and counts per idea and criterion; what too few people stand behind stays in the house."""

from __future__ import annotations

from fractions import Fraction

import pytest

from facilitate.exports import Content
from facilitate.scoring.rounding import fixed
from tests.exports.conftest import UNSEEN, WEEKEND, Rich
from tests.exports.reading import header, lines


@pytest.fixture
def rows(content: Content, rich: Rich) -> dict[tuple[str, str], dict[str, str]]:
    titles = {idea: title for title, idea in rich.ideas.items()}
    return {(titles[row["idea"]], row["criterion"]): row for row in lines("scores_by_criterion.csv", content)}


def test_one_line_per_idea_and_criterion(content: Content, rows: dict[tuple[str, str], dict[str, str]]) -> None:
    assert len(rows) == len(content.lines) * 3
    assert header("scores_by_criterion.csv", content)[-7:] == [
        f"count_{value}" for value in ("0", "0.5", "1", "2", "3", "4", "5")
    ]


def test_figures_are_those_of_the_answers(
    content: Content, rich: Rich, rows: dict[tuple[str, str], dict[str, str]]
) -> None:
    given = [
        Fraction(row.answer)
        for row in content.rows
        if row.idea == rich.ideas[WEEKEND] and row.criterion == "B" and row.answer not in ("dont_know", "recused")
    ]
    row = rows[WEEKEND, "B"]
    mean = sum(given, Fraction(0)) / len(given)
    assert row["n"] == str(len(given))
    assert row["mean_raw"] == fixed(mean, 2)
    assert row["mean_points"] == fixed(100 * (1 - mean / 3))  # lower is better, 0 to 3
    assert [row[f"count_{value}"] for value in ("0", "1", "2", "3")] == [
        str(given.count(Fraction(v))) for v in range(4)
    ]
    assert row["count_0.5"] == row["count_5"] == ""  # not a level of this criterion
    assert row["counts_kept_back"] == "0"


def test_nothing_of_an_idea_that_nobody_scored(rows: dict[tuple[str, str], dict[str, str]]) -> None:
    row = rows[UNSEEN, "A"]
    assert (row["n"], row["mean_points"], row["mean_raw"], row["counts_kept_back"]) == ("0", "", "", "1")


def test_counts_are_kept_back_under_k(content: Content) -> None:
    for row in lines("scores_by_criterion.csv", content):
        counts = [cell for name, cell in row.items() if name.startswith("count_") and cell]
        assert bool(counts) == (int(row["n"]) >= content.k)
        assert row["counts_kept_back"] == str(int(not counts))
        assert not counts or sum(map(int, counts)) == int(row["n"])


def test_means_are_kept_back_under_the_minimum(content: Content) -> None:
    for row in lines("scores_by_criterion.csv", content):
        assert bool(row["mean_points"]) == bool(row["mean_raw"]) == (int(row["n"]) >= content.settings.minimum)
