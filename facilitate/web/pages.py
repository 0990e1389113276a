"""Rendering: whole pages, or just the live section that a browser asks for again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g, render_template, request
from flask_babel import gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.routing import BaseConverter

from facilitate import access
from facilitate.errors import Refusal
from facilitate.text import isolated
from facilitate.web import language, numbers, voices, words


class CodeConverter(BaseConverter):
    """Eight digits, with or without the space that people see in the middle."""

    regex = r"[0-9]{4} ?[0-9]{4}"

    def to_python(self, value: str) -> str:
        return value.replace(" ", "")


FILTERS: dict[str, Callable[..., Any]] = {
    "text": language.say,
    "spoken": language.spoken,
    "aloud": voices.aloud,
    "code": numbers.grouped,
    "fingerprint": numbers.fingerprint,
    "clock": numbers.clock,
    "number": numbers.number,
    "points": numbers.points,
    "percent": numbers.percent,
    "printed": numbers.printed,
    "date": numbers.date,
    "ordinal": words.ordinal,
    "agreement": words.agreement,
}


def for_each_reader(says: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is asked anew on every page. Of a constant, Jinja would keep what it said to whoever came first."""

    @pass_context
    def filtered(_context: Context, *values: Any, **named: Any) -> Any:
        return says(*values, **named)

    return filtered


def init_app(app: Flask) -> None:
    app.url_map.converters["code"] = CodeConverter
    app.jinja_env.filters.update({name: for_each_reader(says) for name, says in FILTERS.items()})
    app.jinja_env.globals.update(can=access.can, places=words.places, band=words.band, not_ranked=words.not_ranked)
    app.jinja_env.globals.update(both=voices.both, written_in=words.written_in, isolated=isolated)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(language.globals_)
    app.context_processor(lambda: {"event": g.get("event"), "is_section": is_section()})


def is_section() -> bool:
    """Does the browser only want what changed, without the page around it?"""
    return "X-Section" in request.headers


def page(template: str, status: int = 200, /, **context: Any) -> tuple[str, int]:
    return render_template(template, **context), status


def sentence(refusal: Refusal) -> str:
    """Why something was refused, in the reader's language."""
    return str(gettext(refusal.message, **refusal.values))
