"""The voices of the board: whatever it says in words, it says in each language that the host chose for it.

Elsewhere a page has one voice, and both of these say what the page would have said anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from babel import Locale
from flask import g
from flask_babel import force_locale
from markupsafe import Markup

from facilitate.models import Texts
from facilitate.web import language

Words = tuple[str, str]
"""What is said, and its language."""


def both(caller: Callable[[], str]) -> str:
    """What a block of a template says, in every voice: `{% call both() %}{{ _("…") }}{% endcall %}`."""
    return _together(lambda: (caller().strip(), language.locale().language))


def aloud(texts: Texts | None) -> str:
    """An event's text in every voice."""
    return _together(lambda: (language.say(texts), language.spoken(texts)))


def _together(say: Callable[[], Words]) -> str:
    voices: Iterable[str] = g.get("voices", ())
    said: dict[str, str] = {}
    for words, tag in [_with(voice, say) for voice in voices] or [say()]:
        said.setdefault(words, tag)  # what is the same in both is said once
    if len(said) == 1:
        return next(iter(said))
    return Markup('<span class="both">{}</span>').format(Markup().join(map(_part, said.items())))


def _with(voice: str, say: Callable[[], Words]) -> Words:
    with force_locale(voice):
        return say()


def _part(words: Words) -> Markup:
    """The outer one takes its place in the line of the page, the inner one runs in its own direction."""
    said, tag = words
    direction = Locale.parse(tag, sep="-").text_direction
    return Markup('<span><span lang="{}" dir="{}">{}</span></span>').format(tag, direction, said)
