from fractions import Fraction

import numpy as np
import pytest

from facilitate.scoring.errors import BadInput
from facilitate.scoring.rounding import common_denominator, exact, fixed, half_up, plain, published, tenths


def test_a_decimal_is_the_fraction_a_person_means() -> None:
    assert [exact(0.1), exact("2.50"), exact(3), exact(".5"), exact("1e2")] == [
        Fraction(1, 10),
        Fraction(5, 2),
        3,
        Fraction(1, 2),
        100,
    ]


@pytest.mark.parametrize("text", ["", "four", "4,5", "1/2", "nan", "inf", "١", "1e999", "--1"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="not a number"):
        exact(text)


def test_halves_go_up_on_the_exact_fraction() -> None:
    assert [fixed(exact("70.05")), fixed(exact("70.049999"))] == ["70.1", "70.0"]
    assert [fixed(exact("0.125"), 2), fixed(exact("-0.25"))] == ["0.13", "-0.2"]


def test_the_printed_text_always_has_its_decimals() -> None:
    assert [fixed(Fraction(1), 3), fixed(Fraction(100)), fixed(None)] == ["1.000", "100.0", ""]


def test_the_printed_number_is_exact() -> None:
    assert published(Fraction(2, 3)) == Fraction(7, 10)
    assert half_up(Fraction(2, 3), 2) == 67


def test_a_float_just_under_an_edge_is_taken_for_the_edge() -> None:
    assert tenths(np.array([70.05 - 1e-12, 70.049])).tolist() == [701, 700]


def test_numbers_for_json_are_integers_where_they_can_be() -> None:
    assert [plain(Fraction(4, 2)), plain(Fraction(1, 2))] == [2, 0.5]


def test_one_denominator_carries_all() -> None:
    assert common_denominator([Fraction(1, 2), Fraction(2, 3)]) == 6
