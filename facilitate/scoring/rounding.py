"""How numbers are printed: half up, on the exact fraction (rule R6)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facilitate.scoring.errors import BadInput

Number = int | str | float | Decimal | Fraction

# Floats only ever meet a rounding edge in sensitivity columns; an exact 70.05 may arrive there as 70.04999999999.
EDGE = 1e-8

_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)


def exact(value: Number) -> Fraction:
    """The fraction a person means: 0.1 is one tenth, not its binary neighbour. Raises BadInput for anything else."""
    if isinstance(value, Fraction):
        return value
    text = str(value).strip()
    if not _NUMBER.fullmatch(text):
        raise BadInput("not a number", value=value)
    return Fraction(text)


def half_up(value: Fraction, digits: int = 1) -> int:
    """The value in units of 10^-digits, halves up: 70.05 with one digit is 701."""
    # A power of a whole number is a whole number; only the type checker thinks of negative exponents.
    return math.floor(value * int(10**digits) + Fraction(1, 2))


def published(value: Fraction, digits: int = 1) -> Fraction:
    """The printed number as an exact fraction."""
    return Fraction(half_up(value, digits), 10**digits)


def fixed(value: Fraction | None, digits: int = 1) -> str:
    """The printed text, always with its decimals; empty where nothing is defined."""
    if value is None:
        return ""
    units = half_up(value, digits)
    whole, rest = divmod(abs(units), 10**digits)
    return f"{'-' if units < 0 else ''}{whole}.{rest:0{digits}d}"


def tenths(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Float points in printed tenths, halves up. Any shape; used for sensitivities, never for the ranking itself."""
    rounded: NDArray[np.int64] = np.floor(points * 10 + 0.5 + EDGE).astype(np.int64)
    return rounded


def common_denominator(values: Iterable[Fraction]) -> int:
    return math.lcm(*(value.denominator for value in values))


def plain(value: Fraction) -> Any:
    """A fraction as JSON knows numbers: an integer where it is one."""
    return value.numerator if value.denominator == 1 else float(value)
