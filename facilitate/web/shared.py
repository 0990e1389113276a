"""Pages that many phones show alike are rendered once, until the day moves on or what one phone is told differs.

When a host presses "next", a whole hall asks for the same page within a second or two.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import brotli
from flask import Response, current_app, render_template, request, session
from markupsafe import Markup, escape

from facilitate.models import Event
from facilitate.queries.board import timer
from facilitate.web import language
from facilitate.web.pages import is_section, page

MOST = 500
"""Pages kept at a time; the one that was not asked for longest goes first."""
QUALITY = 5
"""Brotli's: near its best for a page, and still quick."""


def shared_page(template: str, event: Event, told: object, context: Callable[[], dict[str, Any]]) -> Any:
    """The page for whoever is told this. `told` holds everything in the context that is not the same for all readers,
    in a form whose `repr` says it fully; the context is only made when nobody was told the same before."""
    if "_flashes" in session:  # a message for one person, once
        return page(template, **context())
    return _kept(template, event, told, context).response()


def shared_page_with(
    stand_in: str, words: str, template: str, event: Event, told: object, context: Callable[[], dict[str, Any]]
) -> str:
    """The same, with words that are this person's own in the place of a stand-in."""
    return _kept(template, event, told, context).plain.decode().replace(stand_in, str(escape(words)))


OWN = re.compile(r"<!--own ([\w-]+)-->")
"""A place in a shared page that holds something of the reader's own. Nobody can write one: all they type is escaped."""


def shared_page_around(
    own: Mapping[str, Markup], template: str, event: Event, told: object, context: Callable[[], dict[str, Any]]
) -> str:
    """The same, with places that this reader's own words go into; a place without any stays empty."""
    shared = _kept(template, event, told, context).plain.decode()
    return OWN.sub(lambda place: own.get(place[1], Markup()), shared)


def _kept(template: str, event: Event, told: object, context: Callable[[], dict[str, Any]]) -> Rendered:
    shelf: OrderedDict[Any, Rendered] = current_app.extensions.setdefault("shared_pages", OrderedDict())
    key = (
        template,
        event.code,
        event.day_revision,
        request.path,
        language.locale().language,
        is_section(),
        timer(event),
        repr(told),
    )
    if key in shelf:
        shelf.move_to_end(key)
    else:
        shelf[key] = Rendered(render_template(template, **context()))
        while len(shelf) > MOST:
            shelf.popitem(last=False)
    return shelf[key]


class Rendered:
    """One page, plain and compressed."""

    def __init__(self, html: str) -> None:
        self.plain = html.encode()
        self.packed: bytes | None = None

    def response(self) -> Response:
        if not request.accept_encodings["br"]:
            return Response(self.plain)
        self.packed = self.packed or brotli.compress(self.plain, quality=QUALITY)
        response = Response(self.packed)
        response.headers["Content-Encoding"] = "br"
        response.headers["Vary"] = "Accept-Encoding"
        return response
