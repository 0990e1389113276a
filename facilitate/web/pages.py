"""Rendering: whole pages, or just the live section that a browser asks for again."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, render_template, request
from flask_babel import gettext
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


def init_app(app: Flask) -> None:
    app.url_map.converters["code"] = CodeConverter
    app.jinja_env.filters.update(
        text=language.say,
        spoken=language.spoken,
        aloud=voices.aloud,
        code=numbers.grouped,
        fingerprint=numbers.fingerprint,
        clock=numbers.clock,
        number=numbers.number,
        points=numbers.points,
        percent=numbers.percent,
        printed=numbers.printed,
        date=numbers.date,
        ordinal=words.ordinal,
        agreement=words.agreement,
    )
    app.jinja_env.globals.update(can=access.can, places=words.places, band=words.band, not_ranked=words.not_ranked)
    app.jinja_env.globals.update(both=voices.both, written_in=words.written_in, isolated=isolated)
    app.jinja_env.optimized = (
        False  # a filter of a constant says something else to each reader: nothing is worked out before
    )
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
