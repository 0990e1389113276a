from fractions import Fraction

import pytest

from facilitate.scoring.ballots import Row, ballots
from facilitate.scoring.errors import BadInput
from facilitate.scoring.groups import balanced, group_names
from facilitate.scoring.scales import criterion
from tests.scoring.rooms import labels, line, one_criterion, ranked, scores


def names_of(sizes: dict[str, int], k: int = 10) -> dict[str, str]:
    people = [group for group, size in sizes.items() for _ in range(size)]
    return dict(zip(people, group_names(people, [True] * len(people), k), strict=True))


def test_groups_of_k_stay_and_small_ones_are_pooled() -> None:
    assert names_of({"x": 12, "y": 10, "s": 6, "t": 5}) == {"x": "x", "y": "y", "s": "", "t": ""}


def test_a_pool_under_k_joins_the_smallest_group() -> None:
    assert names_of({"x": 12, "y": 10, "s": 6}) == {"x": "x", "y": "y", "s": "y"}


def test_people_who_named_no_group_are_pooled_too() -> None:
    assert names_of({"x": 12, "": 3, "s": 7}) == {"x": "x", "": "", "s": ""}


def test_where_all_groups_are_small_the_pool_is_the_room() -> None:
    assert names_of({"s": 6, "t": 5}) == {"s": "", "t": ""}


def test_only_scorers_make_a_group_large() -> None:
    assert group_names(["x"] * 4, [True, True, True, False], 4) == [""] * 4


def two_groups(minority: list[int], majority: list[int]) -> dict[str, str]:
    people = [f"r{at:02}" for at in range(len(minority) + len(majority))]
    return {name: "few" if at < len(minority) else "many" for at, name in enumerate(people)}


def test_every_group_counts_the_same_whatever_its_size() -> None:
    few, many = [5] * 10, [1] * 30
    room = one_criterion({"a": few + many}, groups=two_groups(few, many))
    outcome = ranked(room, balance=True)
    assert scores(outcome) == {"a": 50}
    assert outcome.unbalanced is not None
    assert [place.score for place in outcome.unbalanced] == [25]


def test_both_lists_are_there_and_may_differ() -> None:
    few, many = [5] * 10, [1] * 30
    room = one_criterion({"a": few + many, "b": [1] * 10 + [3] * 30}, groups=two_groups(few, many))
    outcome = ranked(room, balance=True)
    assert labels(outcome) == {"a": "1", "b": "2"}
    assert [place.idea for place in outcome.unbalanced or ()] == ["b", "a"]


def test_a_group_without_an_answer_on_a_criterion_is_left_out_and_named() -> None:
    groups = {f"r{at:02}": "x" if at < 10 else "y" for at in range(20)}
    rows: list[Row] = [("a", "A", name, 5 if group == "x" else 1) for name, group in groups.items()]
    rows += [("a", "B", name, 5) for name, group in groups.items() if group == "x"]
    room = ballots([criterion("A"), criterion("B")], rows, groups=groups)
    found = balanced(room, 10)
    assert found.names == ("x", "y")
    assert found.points == (Fraction(100),)
    assert found.left_out == [("y",)]
    assert line(ranked(room, balance=True), "a").groups_left_out == ("y",)


def test_an_idea_no_group_answered_fully_is_not_ranked() -> None:
    groups = {f"r{at:02}": "x" if at < 10 else "y" for at in range(20)}
    rows: list[Row] = [("a", "A" if group == "x" else "B", name, 3) for name, group in groups.items()]
    room = ballots([criterion("A"), criterion("B")], rows, groups=groups)
    assert line(ranked(room, balance=True), "a").status == "not ranked: no group answered every criterion"


def test_a_room_without_groups_cannot_be_balanced() -> None:
    with pytest.raises(BadInput, match="which group"):
        balanced(one_criterion({"a": [1, 2]}), 10)


def test_ranges_of_one_group_are_those_of_the_room() -> None:
    answers = {"a": [5, 4, 4, 5, 3, 4, 5, 5, 4, 3], "b": [2, 3, 1, 2, 2, 4, 1, 2, 3, 2], "c": [3, 3, 4, 2] + [3] * 6}
    one = one_criterion(answers, groups=dict.fromkeys((f"r{at:02}" for at in range(10)), "x"))
    plain = [each.range for each in ranked(one).lines]
    assert [each.range for each in ranked(one, balance=True).lines] == plain


def test_a_group_that_leaves_no_degree_of_freedom_makes_ranges_unavailable() -> None:
    groups = {f"r{at:02}": "x" if at < 3 else "y" for at in range(6)}
    room = one_criterion({"a": [1, 5, 3, 2, 3, 4], "b": [2, 4, 3, 2]}, groups=groups)
    assert [each.range.available for each in ranked(room, balance=True, k=3).lines] == [False, False]
    assert [each.range.available for each in ranked(room, k=3).lines] == [True, True]


def test_the_method_of_a_trimmed_balanced_room_trims_inside_each_group() -> None:
    few, many = [1, 5, 5, 5, 5, 5, 5, 5, 5, 5], [1, 1, 1, 1, 1, 1, 1, 1, 1, 5]
    room = one_criterion({"a": few + many}, groups=two_groups(few, many))
    assert scores(ranked(room, balance=True, trim=1)) == {"a": 50}
