from fractions import Fraction

from facilitate.scoring.ranking import criterion_scores
from facilitate.scoring.tally import tally
from facilitate.scoring.trimming import kept_shares, trimmed
from tests.scoring.rooms import one_criterion, ranked


def left_of(answers: list[int], trim: int) -> list[int]:
    left = trimmed(tally(one_criterion({"a": answers})), trim)
    return [int(v) for v, n in zip(left.values[0], left.counts[0][0], strict=True) for _ in range(n)]


def test_the_highest_and_the_lowest_answer_go() -> None:
    assert left_of([1, 2, 3, 5, 5], 1) == [2, 3, 5]


def test_four_answers_are_left_alone() -> None:
    assert left_of([1, 2, 3, 5], 1) == [1, 2, 3, 5]


def test_more_than_one_off_each_end_needs_more_answers() -> None:
    assert left_of([1, 1, 2, 3, 4, 4, 5, 5], 2) == [1, 1, 2, 3, 4, 4, 5, 5]
    assert left_of([1, 1, 2, 3, 4, 4, 5, 5, 5], 2) == [2, 3, 4, 4, 5]


def test_no_trimming_is_the_same_tally() -> None:
    full = tally(one_criterion({"a": [1, 2]}))
    assert trimmed(full, 0) is full


def test_equal_answers_share_what_is_dropped() -> None:
    full = tally(one_criterion({"a": [1, 5, 5, 5, 5]}))
    assert kept_shares(full, trimmed(full, 1))[0].tolist() == [[0.0, 0.75]]


def test_means_and_counts_use_what_is_left_and_scorers_count_all() -> None:
    outcome = ranked(one_criterion({"a": [1, 2, 3, 5, 5]}), trim=1)
    assert outcome.lines[0].cells[0].n == 3
    assert outcome.lines[0].scorers == 5
    assert criterion_scores(outcome.tally) == [[Fraction(7, 12)]]


def test_trimming_makes_nobody_look_unsure() -> None:
    room = one_criterion({"a": [1, 2, 3, 5, 5, *["dont_know"] * 4]})
    assert ranked(room, trim=1).lines[0].dont_know == Fraction(4, 9)
