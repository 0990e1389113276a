"""Rendering: whole pages, or just the live section that a browser asks for again."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from flask import Flask, g, render_template, request
from flask_babel import gettext
from werkzeug.routing import BaseConverter

from facilitate import access
from facilitate.errors import Refusal
from facilitate.web import language


class CodeConverter(BaseConverter):
    """Eight digits, with or without the space that people see in the middle."""

    regex = r"[0-9]{4} ?[0-9]{4}"

    def to_python(self, value: str) -> str:
        return value.replace(" ", "")


def init_app(app: Flask) -> None:
    app.url_map.converters["code"] = CodeConverter
    app.jinja_env.filters.update(
        text=language.say,
        spoken=language.spoken,
        code=grouped,
        clock=clock,
        number=number,
        points=points,
        percent=percent,
        date=date,
    )
    app.jinja_env.globals.update(can=access.can)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(language.globals_)
    app.context_processor(lambda: {"event": g.get("event"), "is_section": is_section()})


def is_section() -> bool:
    """Does the browser only want what changed, without the page around it?"""
    return "X-Section" in request.headers


def page(template: str, status: int = 200, /, **context: Any) -> tuple[str, int]:
    return render_template(template, **context), status


def grouped(code: str) -> str:
    """48291376 as people read it: 4829 1376, and so on by fours; ten digits as 384 912 7750."""
    if len(code) == 10:
        return " ".join((code[:3], code[3:6], code[6:]))
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


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


def date(value: Any, style: str = "long") -> str:
    return str(format_date(value, style, locale=language.locale()))


def sentence(refusal: Refusal) -> str:
    """Why something was refused, in the reader's language."""
    return str(gettext(refusal.message, **refusal.values))
