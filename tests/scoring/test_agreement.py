from fractions import Fraction

import pytest

from facilitate.scoring.agreement import (
    agreement,
    alpha,
    divided_on,
    even,
    even_of,
    expert_agreement,
    word,
)
from facilitate.scoring.ballots import Row, ballots
from facilitate.scoring.composites import composites
from facilitate.scoring.scales import criterion
from facilitate.scoring.tally import tally
from tests.scoring.rooms import line, one_criterion, ranked


def test_half_the_room_at_each_end_is_no_agreement() -> None:
    assert agreement(tally(one_criterion({"a": [1, 5, 1, 5], "b": [4, 4, 4]}))) == [0, 1]


def test_agreement_is_one_less_four_variances() -> None:
    units = [Fraction(0), Fraction(1, 2), Fraction(1)]
    mean = sum(units) / 3
    wanted = 1 - 4 * sum((u - mean) ** 2 for u in units) / 3
    assert agreement(tally(one_criterion({"a": [1, 3, 5]}))) == [wanted]


def test_agreement_weighs_the_criteria() -> None:
    rows: list[Row] = [("a", "A", "r", 1), ("a", "A", "s", 5), ("a", "B", "r", 2), ("a", "B", "s", 2)]
    room = ballots([criterion("A", weight=3), criterion("B")], rows)
    assert agreement(tally(room)) == [Fraction(1, 4)]


def test_one_answer_on_a_weighted_criterion_leaves_agreement_undefined() -> None:
    assert agreement(tally(one_criterion({"a": [3]}))) == [None]


@pytest.mark.parametrize(("levels", "value"), [(5, Fraction(1, 2)), (3, Fraction(1, 3)), (2, 0), (11, Fraction(3, 5))])
def test_the_even_spread_depends_on_the_levels(levels: int, value: Fraction) -> None:
    assert even(levels) == value


def test_the_even_spread_really_is_one() -> None:
    assert agreement(tally(one_criterion({"a": [1, 2, 3, 4, 5]}))) == [even(5)]


def test_the_even_spread_of_several_scales_is_weighed() -> None:
    room = ballots([criterion("A", weight=3), criterion("B", low=0, high=2)], [])
    assert even_of(tally(room)) == (3 * Fraction(1, 2) + Fraction(1, 3)) / 4


@pytest.mark.parametrize(
    ("value", "said"),
    [("0.745", "broad agreement"), ("0.744", "mixed"), ("0.495", "mixed"), ("0.494", "divided")],
)
def test_the_word_is_taken_from_the_printed_number(value: str, said: str) -> None:
    assert word(Fraction(value), Fraction(1, 2), 5) == said


def test_there_is_no_word_under_five_scorers() -> None:
    assert [word(Fraction(1), Fraction(1, 2), 4), word(None, Fraction(1, 2), 9)] == ["", ""]


def test_a_split_on_one_criterion_is_named_though_the_mean_hides_it() -> None:
    rows: list[Row] = [("a", "N", f"r{at}", 1 if at % 2 else 5) for at in range(6)]
    rows += [("a", f"C{c}", f"r{at}", 4) for at in range(6) for c in range(9)]
    scales = [criterion("N", label="Need"), *(criterion(f"C{c}") for c in range(9))]
    room = ballots(scales, rows)
    found = line(ranked(room), "a")
    assert (found.agreement_label, found.divided_on) == ("broad agreement", ("Need",))


def test_under_five_answers_nobody_is_called_divided() -> None:
    assert divided_on(tally(one_criterion({"a": [1, 5, 1, 5], "b": [1, 5, 1, 5, 1]}))) == [(), ("Need",)]


def test_expert_agreement_is_the_share_of_the_most_frequent_answer() -> None:
    rows: list[Row] = [("a", "A", "r", 1), ("a", "A", "s", 1), ("a", "A", "t", 5), ("a", "B", "r", 2)]
    rows += [("a", "B", "s", "dont_know")]
    room = ballots([criterion("A", weight=9), criterion("B")], rows)
    assert expert_agreement(tally(room)) == [(Fraction(2, 3) + 1) / 2]


def test_expert_agreement_needs_a_number_on_every_weighted_criterion() -> None:
    assert expert_agreement(tally(one_criterion({"a": ["dont_know"]}))) == [None]


def test_alpha_leaves_out_ideas_with_one_rater() -> None:
    with_one = one_criterion({"a": [1, 2, 1], "b": [4, 5, 5], "c": [1]})
    without = one_criterion({"a": [1, 2, 1], "b": [4, 5, 5]})
    found = [alpha(composites(room, tally(room), tally(room))) for room in (with_one, without)]
    assert found[0] == found[1]


def test_alpha_is_not_defined_without_variation_or_without_pairs() -> None:
    for answers in ({"a": [3, 3], "b": [3, 3]}, {"a": [3], "b": [4]}):
        room = one_criterion(answers)
        assert alpha(composites(room, tally(room), tally(room))) is None
