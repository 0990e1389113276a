from fractions import Fraction

import pytest

from facilitate.scoring.errors import BadInput
from facilitate.scoring.rounding import Number
from facilitate.scoring.scales import SCALES, Scale, check_weights, criterion, level_count


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_every_scale_rises_evenly_and_every_level_is_worded(scale: Scale) -> None:
    steps = {b.value - a.value for a, b in zip(scale.levels, scale.levels[1:], strict=False)}
    assert len(steps) == 1
    assert steps.pop() > 0
    assert all(level.label[language] for level in scale.levels for language in ("en", "fr", "ar"))


def test_the_default_and_the_presets_are_there() -> None:
    ends = {key: (int(scale.low), int(scale.high), len(scale.levels)) for key, scale in SCALES.items()}
    assert ends == {
        "1-5": (1, 5, 5),
        "0-3": (0, 3, 4),
        "0-4": (0, 4, 5),
        "0-10": (0, 10, 11),
        "chnri": (0, 1, 3),
    }


def test_a_unit_value_lies_between_worst_and_best() -> None:
    need = criterion("A")
    assert [need.unit(Fraction(x)) for x in (1, 2, 5)] == [0, Fraction(1, 4), 1]


def test_lower_is_better_turns_the_scale_around() -> None:
    cost = criterion("A", lower_is_better=True)
    assert [cost.unit(Fraction(x)) for x in (1, 2, 5)] == [1, Fraction(3, 4), 0]


def test_a_scale_without_width_is_refused() -> None:
    with pytest.raises(BadInput, match="high end above its low end"):
        criterion("A", low=3, high=3)


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(BadInput, match="weight of A is negative"):
        criterion("A", weight=-1)


def test_weights_that_are_all_zero_are_refused() -> None:
    with pytest.raises(BadInput, match="all weights are 0"):
        check_weights([criterion("A", weight=0), criterion("B", weight=0)])


def test_one_level_is_no_scale() -> None:
    with pytest.raises(BadInput, match="two levels"):
        criterion("A", levels=1)


def test_a_criterion_is_named_by_its_label_else_by_its_code() -> None:
    assert [criterion("A", label="Need").name, criterion("A").name] == ["Need", "A"]


@pytest.mark.parametrize(
    ("low", "high", "seen", "levels"),
    [
        (1, 5, [], 5),
        (1, 5, [1, 3], 5),
        (0, 1, [0, "0.5", 1], 3),
        (0, 1, [0, 1], 2),
        ("1.0", "5.0", ["2.3"], 41),
        (0, 10, [5], 11),
        ("0.25", 10, ["0.5"], 40),
        (-1, 1, [0], 3),
    ],
)
def test_levels_are_the_smallest_even_grid(low: Number, high: Number, seen: list[Number], levels: int) -> None:
    assert level_count(criterion("A", low=low, high=high), [Fraction(str(x)) for x in seen]) == levels


def test_known_levels_go_first() -> None:
    assert level_count(criterion("A", low=0, high=1, levels=3), [Fraction(0), Fraction(1)]) == 3
