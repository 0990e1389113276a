"""Which language a page speaks: what its reader chose, else what the browser asks for, else the event's.

An event may be in a language that the interface is not. Then the event's own texts are picked in that language, and
everything else is said in the language of the interface that is nearest to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import g, has_request_context, request
from flask_babel import force_locale, get_locale

CATALOGUES = "translations"
INTERFACE = {"en": "English", "fr": "Français", "ar": "العربية"}
"""The languages of the interface, each by its own name."""
COOKIE = "language"


def chosen() -> str:
    """The interface language of this request."""
    if not has_request_context():
        return "en"
    if "language" in g:  # the board speaks the language that the host chose for it
        return interface(g.language)
    cookie = request.cookies.get(COOKIE, "")
    if cookie in INTERFACE:
        return cookie
    return request.accept_languages.best_match(list(INTERFACE), default="") or _of_event()


def _of_event() -> str:
    event = g.get("event")
    return interface(event.language) if event is not None else "en"


def interface(tag: str) -> str:
    """The language of the interface for whoever reads another one: itself, what it is a kind of, else English."""
    return next((one for one in _nearest(tag) if one in INTERFACE), "en")


def _nearest(tag: str) -> tuple[str, str]:
    return tag, tag.partition("-")[0]


def reading() -> str:
    """The language in which the event's own texts are picked."""
    return str(g.language) if has_request_context() and "language" in g else locale().language


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """For as long as this lasts, a page that was given a language speaks another one."""
    before, g.language = g.language, tag
    try:
        with force_locale(interface(tag)):
            yield
    finally:
        g.language = before


def locale() -> Locale:
    return get_locale() or Locale("en")


def direction() -> str:
    return str(locale().text_direction)


def known(tag: str) -> Locale | None:
    """What is known of a language, if anything is."""
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def direction_of(tag: str) -> str:
    found = known(tag)
    return str(found.text_direction) if found else "ltr"


def say(texts: dict[str, str] | None) -> str:
    """An event's text in the reader's language, else in the event's, else in any."""
    return (texts or {}).get(_picked(texts), "")


def spoken(texts: dict[str, str] | None) -> str:
    """The language that `say` will use, for the `lang` attribute."""
    return _picked(texts) or locale().language


def _picked(texts: dict[str, str] | None) -> str:
    texts = texts or {}
    event = g.get("event") if has_request_context() else None
    order = [*_nearest(reading()), event.language if event is not None else "", *texts]
    return next((tag for tag in order if texts.get(tag)), "")


def tongue(tag: str) -> str:
    """A language by its own name."""
    found = known(tag)
    return INTERFACE.get(tag) or (found and found.get_display_name()) or tag


def globals_() -> dict[str, Any]:
    return {"locale": locale(), "direction": direction(), "languages": list(INTERFACE.items())}
