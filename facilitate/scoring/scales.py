"""The scales a room can answer on: fixed beforehand, every level worded (rule R2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from facilitate.scoring.errors import BadInput
from facilitate.scoring.rounding import Number, common_denominator, exact


@dataclass(frozen=True)
class Level:
    """One worded answer: its value on the scale and its label per language tag."""

    value: Fraction
    label: Mapping[str, str]


@dataclass(frozen=True)
class Scale:
    """A row of levels, lowest first."""

    key: str
    levels: tuple[Level, ...]

    @property
    def low(self) -> Fraction:
        return self.levels[0].value

    @property
    def high(self) -> Fraction:
        return self.levels[-1].value


def _scale(key: str, *rows: tuple[str, str, str, str]) -> Scale:
    return Scale(key, tuple(Level(exact(value), {"en": en, "fr": fr, "ar": ar}) for value, en, fr, ar in rows))


# One line per scale: this is where a new one goes. The first is the default.
SCALES: dict[str, Scale] = {
    scale.key: scale
    for scale in (
        _scale(
            "1-5",
            ("1", "Not at all", "Pas du tout", "إطلاقًا لا"),
            ("2", "A little", "Un peu", "قليلًا"),
            ("3", "Somewhat", "Moyennement", "إلى حد ما"),
            ("4", "Well", "Bien", "جيدًا"),
            ("5", "Very well", "Très bien", "جيدًا جدًا"),
        ),
        _scale(
            "0-3",
            ("0", "Not at all", "Pas du tout", "إطلاقًا لا"),
            ("1", "A little", "Un peu", "قليلًا"),
            ("2", "Well", "Bien", "جيدًا"),
            ("3", "Very well", "Très bien", "جيدًا جدًا"),
        ),
        _scale(
            "0-4",
            ("0", "Not at all", "Pas du tout", "إطلاقًا لا"),
            ("1", "A little", "Un peu", "قليلًا"),
            ("2", "Somewhat", "Moyennement", "إلى حد ما"),
            ("3", "Well", "Bien", "جيدًا"),
            ("4", "Very well", "Très bien", "جيدًا جدًا"),
        ),
        _scale(
            "0-10",
            ("0", "0: Not at all", "0 : Pas du tout", "0: إطلاقًا لا"),
            *((str(value), str(value), str(value), str(value)) for value in range(1, 5)),
            ("5", "5: Somewhat", "5 : Moyennement", "5: إلى حد ما"),
            *((str(value), str(value), str(value), str(value)) for value in range(6, 10)),
            ("10", "10: Completely", "10 : Tout à fait", "10: تمامًا"),
        ),
        _scale(
            "chnri",
            ("0", "No", "Non", "لا"),
            ("0.5", "Undecided", "Indécis", "غير متأكد"),
            ("1", "Yes", "Oui", "نعم"),
        ),
    )
}


@dataclass(frozen=True)
class Criterion:
    """What an idea is scored on. `levels` is the number of answers people could choose from, where it is known."""

    code: str
    weight: Fraction = Fraction(1)
    low: Fraction = Fraction(1)
    high: Fraction = Fraction(5)
    lower_is_better: bool = False
    label: str = ""
    levels: int | None = None

    def __post_init__(self) -> None:
        if self.high <= self.low:
            raise BadInput(f"the scale of {self.code} needs a high end above its low end", value=self.high)
        if self.weight < 0:
            raise BadInput(f"the weight of {self.code} is negative", value=self.weight)
        if self.levels is not None and self.levels < 2:
            raise BadInput(f"the scale of {self.code} needs two levels", value=self.levels)

    @property
    def name(self) -> str:
        return self.label or self.code

    @property
    def counts(self) -> bool:
        """A weight of 0 is shown, not counted, and blocks nothing."""
        return self.weight > 0

    def unit(self, value: Fraction) -> Fraction:
        """R2: the answer between 0 (worst) and 1 (best)."""
        share = (value - self.low) / (self.high - self.low)
        return 1 - share if self.lower_is_better else share

    def holds(self, value: Fraction) -> bool:
        return self.low <= value <= self.high


def criterion(
    code: str,
    *,
    weight: Number = 1,
    low: Number = 1,
    high: Number = 5,
    lower_is_better: bool = False,
    label: str = "",
    levels: int | None = None,
) -> Criterion:
    """A criterion from plain numbers; raises BadInput where low = high or the weight is negative."""
    return Criterion(code, exact(weight), exact(low), exact(high), lower_is_better, label, levels)


def check_weights(criteria: Sequence[Criterion]) -> None:
    """Refuse a set of criteria in which nothing counts."""
    if criteria and not any(each.counts for each in criteria):
        raise BadInput("all weights are 0, so nothing would be counted")


def level_count(criterion: Criterion, seen: Sequence[Fraction]) -> int:
    """L of rule R11: the levels of the smallest even grid that holds the ends, the whole steps and every answer seen.

    1 to 5 gives 5; 0, 0.5 and 1 give 3; 1.0 to 5.0 in tenths gives 41. `criterion.levels` goes first where it is known.
    """
    if criterion.levels is not None:
        return criterion.levels
    width = criterion.high - criterion.low
    marks = [width, *(value - criterion.low for value in seen)]
    unit = common_denominator(marks)
    step = gcd(*(int(mark * unit) for mark in marks), *([unit] if width.denominator == 1 else []))
    return int(width * unit) // step + 1
