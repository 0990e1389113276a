"""Numbers, times and dates as the reader writes them. Files stay ISO and dot."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from facilitate.web import language


def grouped(code: str) -> str:
    """48291376 as people read it: 4829 1376, and so on by fours; ten digits as 384 912 7750."""
    if len(code) == 10:
        return " ".join((code[:3], code[3:6], code[6:]))
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def fingerprint(closing_hash: str, most: int | None = None) -> str:
    """2:29484391c21b… as people compare it: 2:2948 4391 c21b, and so on; or only the beginning of it."""
    version, mark, digits = closing_hash.rpartition(":")
    return f"{version}{mark}{grouped(digits[:most])}{' …' if most else ''}"


def clock(seconds: int) -> str:
    """754 seconds as 12:34, in the reader's digits."""
    return ":".join(number(part).rjust(2, number(0)) for part in divmod(seconds, 60))


def number(value: float | int | str) -> str:
    """A number as the reader writes it."""
    return _written(value, language.locale().language)


@lru_cache(maxsize=4000)
def _written(value: float | int | str, tag: str) -> str:
    return str(format_decimal(value, locale=tag))


def percent(whole: int) -> str:
    """91 as 91%, or 91 % where the language wants a space."""
    return str(format_percent(whole / 100, locale=language.locale()))


def points(score: str) -> str:
    """A published score, always with its one decimal."""
    return str(format_decimal(Decimal(score), format="0.0", locale=language.locale()))


def printed(figure: str, *, signed: bool = False) -> str:
    """A figure with the decimals it was published with; a difference says its direction."""
    decimals = figure.partition(".")[2]
    pattern = "0." + "0" * len(decimals) if decimals else "0"
    value = Decimal(figure)
    return str(format_decimal(value, f"+{pattern};-{pattern}" if signed and value else pattern, language.locale()))


def date(value: Any, style: str = "long") -> str:
    return str(format_date(value, style, locale=language.locale()))
