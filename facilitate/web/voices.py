"""The voices of the board: whatever it says in words, it says in each language that the host chose for it.

Elsewhere a page has one voice, and both of these say what the page would have said anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import g
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
        return _alone(*said.popitem())
    return Markup('<span class="both">{}</span>').format(Markup().join(map(_part, said.items())))


def _with(voice: str, say: Callable[[], Words]) -> Words:
    with language.speaking(voice):
        return say()


def _alone(said: str, tag: str) -> str:
    return said if tag == language.locale().language else _tagged((said, tag))


def _part(words: Words) -> Markup:
    """The outer one takes its place in the line of the page, the inner one runs in its own direction."""
    return Markup("<span>{}</span>").format(_tagged(words))


def _tagged(words: Words) -> Markup:
    said, tag = words
    return Markup('<span lang="{}" dir="{}">{}</span>').format(tag, language.direction_of(tag), said)
