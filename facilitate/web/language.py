"""Which language a page speaks: what its reader chose, else what the browser asks for, else the event's."""

from __future__ import annotations

from typing import Any

from babel import Locale, UnknownLocaleError
from flask import g, has_request_context, request
from flask_babel import get_locale

CATALOGUES = "translations"
INTERFACE = {"en": "English", "fr": "Français", "ar": "العربية"}
"""The languages of the interface, each by its own name."""
COOKIE = "language"


def chosen() -> str:
    """The interface language of this request."""
    if not has_request_context():
        return "en"
    if "language" in g:  # the board speaks the language that the host chose for it
        return str(g.language)
    cookie = request.cookies.get(COOKIE, "")
    if cookie in INTERFACE:
        return cookie
    return request.accept_languages.best_match(list(INTERFACE), default="") or _of_event()


def _of_event() -> str:
    event = g.get("event")
    return event.language if event is not None and event.language in INTERFACE else "en"


def locale() -> Locale:
    return get_locale() or Locale("en")


def direction() -> str:
    return str(locale().text_direction)


def say(texts: dict[str, str] | None) -> str:
    """An event's text in the reader's language, else in the event's, else in any."""
    if not texts:
        return ""
    event = g.get("event") if has_request_context() else None
    order = [locale().language, event.language if event is not None else "", *texts]
    return next((texts[tag] for tag in order if texts.get(tag)), "")


def spoken(texts: dict[str, str] | None) -> str:
    """The language that `say` will use, for the `lang` attribute."""
    words = say(texts)
    return next((tag for tag, text in (texts or {}).items() if text == words), locale().language)


def tongue(tag: str) -> str:
    """A language by its own name."""
    try:
        return INTERFACE.get(tag) or Locale.parse(tag, sep="-").get_display_name() or tag
    except (ValueError, UnknownLocaleError):
        return tag


def globals_() -> dict[str, Any]:
    return {"locale": locale(), "direction": direction(), "languages": list(INTERFACE.items())}
