from fractions import Fraction

import numpy as np
import pytest

from facilitate.scoring.ballots import BLANK, DONT_KNOW, RECUSED, Ballots, Row, alphabetical, ballots
from facilitate.scoring.errors import BadInput
from facilitate.scoring.scales import criterion
from tests.scoring.rooms import NEED, one_criterion


def test_four_states_stay_distinct() -> None:
    room = one_criterion({"a": [4, "dont_know", None, "recused"]})
    assert room.codes[0, 0].tolist() == [0, DONT_KNOW, BLANK, RECUSED]
    assert room.values == ((Fraction(4),),)


def test_the_last_answer_wins_and_counts_once() -> None:
    room = ballots([NEED], [("a", "A", "r", 2), ("a", "A", "r", 2), ("a", "A", "r", 5)])
    assert room.values == ((Fraction(5),),)
    assert room.codes.tolist() == [[[0]]]


def test_the_same_value_in_several_forms_is_one_answer() -> None:
    room = ballots([NEED], [("a", "A", "r", 2), ("a", "A", "s", "2.0"), ("a", "A", "t", Fraction(2))])
    assert room.codes.tolist() == [[[0, 0, 0]]]


def test_ideas_and_people_without_answers_are_there_when_named() -> None:
    room = ballots([NEED], [], ideas=["b", "a"], raters=["s"])
    assert (room.ideas, room.raters, room.participants, room.scorers) == (("a", "b"), ("s",), 1, 0)


def test_an_answer_to_an_unknown_criterion_is_refused() -> None:
    with pytest.raises(BadInput, match="criterion that does not exist: 'Z'"):
        ballots([NEED], [("a", "Z", "r", 2)])


def test_a_score_off_the_scale_is_refused() -> None:
    with pytest.raises(BadInput, match="off the scale 1 to 5 of Need: '6'"):
        ballots([NEED], [("a", "A", "r", 6)])


def test_the_shape_of_an_array_must_fit_its_names() -> None:
    with pytest.raises(BadInput, match="shape"):
        Ballots(("a",), (NEED,), ("r", "s"), ((),), np.zeros((1, 1, 1), dtype=np.int32))


def test_some_people_keep_their_groups_and_organizations() -> None:
    room = one_criterion({"a": [1, 2, 3]}, groups={"r01": "g"}, organizations={"r01": "o", "r02": "p"})
    part = room.of(np.array([False, True, True]))
    assert (part.raters, part.groups, part.organizations) == (("r01", "r02"), ("g", ""), ("o", "p"))


def test_only_numbers_that_count_make_a_scorer() -> None:
    free = criterion("B", weight=0)
    rows: list[Row] = [("a", "A", "r", "dont_know"), ("a", "B", "r", 3), ("a", "A", "s", 3), ("a", "A", "t", "recused")]
    room = ballots([NEED, free], rows)
    assert (room.participants, room.scorers) == (3, 1)
    assert room.recused.tolist() == [[False, False, True]]


def test_the_alphabet_is_that_of_composed_casefolded_letters() -> None:
    names = ["b", "A", "e\u0301", "é", "z", "É", "a"]
    assert sorted(names, key=alphabetical) == ["A", "a", "b", "z", "e\u0301", "É", "é"]
