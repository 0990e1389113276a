import numpy as np

from facilitate.scoring.composites import Composites
from facilitate.scoring.discussion import discussion_list, variances
from tests.scoring.rooms import one_criterion, ranked


def test_high_and_divided_ideas_are_worth_a_talk() -> None:
    answers = {
        "high and divided": [5, 5, 5, 5, 5, 1, 1],
        "high": [5, 5, 4, 5, 4, 5, 5],
        "low": [1, 1, 2, 1, 2, 1, 1],
        "low and divided": [1, 1, 1, 1, 5, 5, 1],
        "middle": [3, 3, 3, 3, 3, 3, 3],
    }
    assert discussion_list(ranked(one_criterion(answers))) == ["high and divided"]


def test_a_wide_spread_is_enough_where_too_few_answered_to_be_called_divided() -> None:
    answers = {"wide": [5, 5, 1, 5], "even": [5, 5, 5, 4], "low": [1, 1, 1, 2], "lower": [1, 1, 1, 1]}
    assert discussion_list(ranked(one_criterion(answers))) == ["wide"]


def test_where_all_agree_there_is_nothing_to_discuss() -> None:
    assert discussion_list(ranked(one_criterion({"a": [3, 3, 3], "b": [2, 2, 2]}))) == []
    assert discussion_list(ranked(one_criterion({"a": [3]}))) == []


def test_the_variance_of_one_person_is_zero() -> None:
    people = Composites(np.array([[10.0, 0.0], [10.0, 30.0]]), np.array([[True, False], [True, True]]))
    assert variances(people, [0, 1]).tolist() == [0, 200]
