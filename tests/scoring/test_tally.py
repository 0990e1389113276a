from fractions import Fraction

import pytest

from facilitate.scoring.errors import BadInput
from facilitate.scoring.scales import criterion
from facilitate.scoring.tally import CountRow, tally, tally_of_counts
from tests.scoring.rooms import NEED, one_criterion

ROWS: list[CountRow] = [
    ("a", "A", 4, 2),
    ("a", "A", "5", 1),
    ("b", "A", 4, 1),
    ("b", "A", "dont_know", 2),
    ("b", "A", "recused", 1),
    ("b", "A", None, 9),
]


def test_counts_from_ballots_and_from_a_database_are_the_same() -> None:
    ours = tally(one_criterion({"a": [4, 4, 5], "b": [4, "dont_know", "dont_know", "recused"]}))
    theirs = tally_of_counts([NEED], ROWS, scorers={"a": 3, "b": 1}, recused={"b": 1})
    for one, other in ((ours, theirs),):
        assert one.ideas == other.ideas
        assert one.values == other.values
        assert one.counts[0].tolist() == other.counts[0].tolist() == [[2, 1], [1, 0]]
        assert one.dont_know.tolist() == other.dont_know.tolist() == [[0], [2]]
        assert one.scorers.tolist() == other.scorers.tolist() == [3, 1]
        assert one.recused.tolist() == other.recused.tolist() == [0, 1]
        assert one.n.tolist() == other.n.tolist() == [[3], [1]]


def test_an_idea_nobody_answered_is_counted_with_zeros() -> None:
    assert tally_of_counts([NEED], [], ideas=["a"]).n.tolist() == [[0]]


def test_no_criteria_are_no_columns() -> None:
    assert tally_of_counts([], [], ideas=["a"]).n.shape == (1, 0)


@pytest.mark.parametrize("row", [("a", "Z", 4, 1), ("a", "A", 9, 1), ("a", "A", "many", 1)])
def test_counts_that_cannot_be_are_refused(row: CountRow) -> None:
    with pytest.raises(BadInput):
        tally_of_counts([NEED], [row])


def test_sums_stay_exact_where_64_bits_would_overflow() -> None:
    fine = criterion("A", low=0, high=1)
    value = Fraction(1, 10**17)
    found = tally_of_counts([fine], [("a", "A", value, 10**3), ("a", "A", 1, 1)])
    assert Fraction(found.moments(0)[0], found.units[0].denominator) == 1000 * value + 1
    assert Fraction(found.moments(0, 2)[0], found.units[0].denominator ** 2) == 1000 * value**2 + 1
