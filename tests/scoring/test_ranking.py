from fractions import Fraction

import pytest

from facilitate.scoring.ballots import Row, ballots
from facilitate.scoring.ranking import (
    competition_ranks,
    criterion_scores,
    dont_know_share,
    many_could_not_judge,
    rank,
    weighted_mean,
)
from facilitate.scoring.scales import criterion
from facilitate.scoring.tally import tally
from tests.scoring.rooms import one_criterion, random_rows, three_criteria


def by_hand(seed: int) -> dict[str, Fraction | None]:
    """R3 and R4 spelled out, one loop per symbol."""
    scales, rows = three_criteria(), random_rows(seed)
    result: dict[str, Fraction | None] = {}
    for idea in sorted({row[0] for row in rows}):
        total = Fraction(0)
        complete = True
        for scale in scales:
            units = [
                Fraction(int(x) - 1, 4) for i, c, _, x in rows if i == idea and c == scale.code and isinstance(x, int)
            ]
            complete = complete and len(units) >= 3
            total += scale.weight * sum(units, Fraction(0)) / max(1, len(units))
        result[idea] = 100 * total / 6 if complete else None
    return result


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_anyone_computes_by_hand(seed: int) -> None:
    places = rank(tally(ballots(three_criteria(), random_rows(seed))), 3)
    assert {place.idea: place.score for place in places} == by_hand(seed)


def test_criteria_come_before_ideas_so_partial_ballots_count() -> None:
    rows: list[Row] = [("a", "A", "r", 5), ("a", "A", "s", 1), ("a", "B", "s", 1)]
    found = criterion_scores(tally(ballots([criterion("A"), criterion("B")], rows)))
    assert found == [[Fraction(1, 2), 0]]


def test_a_criterion_nobody_answered_has_no_score() -> None:
    assert criterion_scores(tally(one_criterion({"a": ["dont_know"]}))) == [[None]]


def test_a_missing_criterion_is_never_renormalised_away() -> None:
    assert weighted_mean([Fraction(1), None], [criterion("A"), criterion("B")]) is None


def test_a_criterion_of_weight_zero_may_be_missing() -> None:
    assert weighted_mean([Fraction(1, 2), None], [criterion("A"), criterion("B", weight=0)]) == 50


def test_equal_numbers_share_a_rank_and_the_next_one_is_skipped() -> None:
    assert competition_ranks([5, 9, 9, 7]) == [4, 1, 1, 3]


def test_ties_are_printed_with_an_equals_sign_in_alphabetical_order() -> None:
    room = one_criterion({"b": [3] * 3, "A": [3] * 3, "é": [5] * 3, "c": [1] * 3})
    assert [(p.label, p.idea) for p in rank(tally(room), 3)] == [("1", "é"), ("=2", "A"), ("=2", "b"), ("4", "c")]


def test_the_rank_follows_the_printed_number_not_the_hidden_one() -> None:
    scale = criterion("A", low=0, high=10000)
    room = one_criterion({"a": [7000] * 3, "b": [7004] * 3, "c": [7005] * 3}, scale)
    places = rank(tally(room), 3)
    assert [(p.label, p.idea) for p in places] == [("1", "c"), ("=2", "a"), ("=2", "b")]


def test_too_few_scores_are_named_with_the_criterion_and_come_last() -> None:
    room = one_criterion({"a": [5, 5], "b": [1, 1, 1]})
    places = rank(tally(room), 3)
    assert [(p.idea, p.label, p.score, p.reason) for p in places] == [
        ("b", "1", 0, ""),
        ("a", "", None, "too few scores (2 of 3) on Need"),
    ]


def test_not_ranked_ideas_are_in_alphabetical_order() -> None:
    places = rank(tally(one_criterion({"b": [5], "A": [5], "c": []}, ideas=["c"])), 3)
    assert [p.idea for p in places] == ["A", "b", "c"]


def test_the_dont_know_share_is_over_the_weighted_criteria() -> None:
    room = ballots(
        [criterion("A"), criterion("B", weight=0)],
        [("a", "A", "r", "dont_know"), ("a", "A", "s", 3), ("a", "B", "s", "dont_know"), ("a", "A", "t", "recused")],
    )
    assert dont_know_share(tally(room), 0) == Fraction(1, 2)


def test_half_of_the_answers_unsure_is_many() -> None:
    assert [many_could_not_judge(x) for x in (None, Fraction(49, 100), Fraction(1, 2))] == [False, False, True]


def test_nobody_asked_is_no_share() -> None:
    assert dont_know_share(tally(one_criterion({"a": [None]})), 0) is None
