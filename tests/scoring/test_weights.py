from datetime import UTC, datetime
from fractions import Fraction

import numpy as np
import pytest

from facilitate.scoring.ballots import ballots
from facilitate.scoring.errors import BadInput
from facilitate.scoring.ranking import criterion_scores, rank
from facilitate.scoring.scales import criterion
from facilitate.scoring.tally import tally
from facilitate.scoring.weights import check, dominated_pairs, on_top, scenario
from tests.scoring.rooms import random_rows, three_criteria

HALF = Fraction(1, 2)


def test_equal_weights_rank_by_the_plain_mean_of_what_counts() -> None:
    scales = [criterion("A", weight=5), criterion("B"), criterion("C", weight=0)]
    found = check([[Fraction(1), Fraction(0), None], [Fraction(2, 5), Fraction(4, 5), Fraction(0)]], scales, 1)
    assert found.equal == (2, 1)


def test_each_criterion_is_left_out_in_turn() -> None:
    scales = [criterion("A", weight=5), criterion("B")]
    found = check([[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)]], scales, 1)
    assert found.without == {"A": (2, 1), "B": (1, 2)}


def test_a_single_criterion_cannot_be_left_out() -> None:
    assert check([[HALF]], [criterion("A")], 1).without == {}


def test_an_idea_that_is_best_everywhere_stays_on_top_of_all_weightings() -> None:
    found = check([[Fraction(1), Fraction(1)], [HALF, HALF]], [criterion("A"), criterion("B")], 1)
    assert [float(share) for share in found.top_share] == [1, 0]


def test_ideas_that_differ_by_weights_alone_share_the_top() -> None:
    scores = [[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)]]
    found = check(scores, [criterion("A"), criterion("B")], 1)
    assert 0.4 < found.top_share[0] < 0.6


def test_no_ideas_are_no_shares() -> None:
    assert check([], [criterion("A")], 1).top_share == ()


def test_a_tie_across_the_line_is_on_top_as_a_whole() -> None:
    points = np.array([[701, 700, 700, 10]])
    assert on_top(points, 2).tolist() == [[True, True, True, False]]
    assert on_top(points, 9).tolist() == [[True] * 4]


def test_an_idea_that_is_never_worse_dominates() -> None:
    scores = [[Fraction(1), HALF], [HALF, HALF], [HALF, HALF], [Fraction(0), Fraction(1)]]
    assert dominated_pairs(scores, [criterion("A"), criterion("B")]) == [(0, 1), (0, 2)]


def test_a_criterion_without_weight_dominates_nobody() -> None:
    scores = [[Fraction(1), Fraction(0)], [HALF, Fraction(1)]]
    assert dominated_pairs(scores, [criterion("A"), criterion("B", weight=0)]) == [(0, 1)]
    assert dominated_pairs([], [criterion("A")]) == []


@pytest.mark.parametrize("seed", range(3))
def test_no_weighting_puts_a_dominated_idea_first(seed: int) -> None:
    counted = tally(ballots(three_criteria(), random_rows(seed, ideas=6)))
    scores = criterion_scores(counted)
    random = np.random.default_rng(seed)
    for a, b in dominated_pairs(scores, counted.criteria):
        weights = [Fraction(int(w) + 1) for w in random.integers(0, 100, 3)]
        total = [sum((w * (x or 0) for w, x in zip(weights, scores[i], strict=True)), Fraction(0)) for i in (a, b)]
        assert total[0] > total[1]


def test_a_scenario_has_a_name_a_reason_and_leaves_the_baseline_alone() -> None:
    counted = tally(ballots(three_criteria(), random_rows(1)))
    other = scenario(
        "Need first", author="Fay", at=datetime(2018, 9, 25, tzinfo=UTC), reason="asked", weights={"A": 60}
    )
    assert [c.weight for c in other.criteria(counted.criteria)] == [60, 2, 1]
    assert [p.score for p in other.rank(counted, 3)] != [p.score for p in rank(counted, 3)]
    assert [c.weight for c in counted.criteria] == [3, 2, 1]


def test_a_scenario_without_a_reason_or_with_weights_of_zero_is_refused() -> None:
    at = datetime(2018, 9, 25, tzinfo=UTC)
    with pytest.raises(BadInput, match="a name and a reason"):
        scenario("x", author="Fay", at=at, reason=" ", weights={})
    nothing = scenario("x", author="Fay", at=at, reason="y", weights=dict.fromkeys("ABC", 0))
    with pytest.raises(BadInput, match="all weights are 0"):
        nothing.rank(tally(ballots(three_criteria(), random_rows(1))), 3)
