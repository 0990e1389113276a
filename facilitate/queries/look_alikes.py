"""Ideas that look alike, for whoever sorts them: suggested, never merged by itself.

Compared are the words of the titles, in whatever script, without accents, Arabic vowel signs and small words. What says
the same in two languages is not found this way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from facilitate.queries.ideas import Card

ALIKE = 65
"""Percent from which two titles are worth a look; on real titles of one event the wrong pairs end at about 60."""
MOST = 2
"""Suggestions for one idea."""


@dataclass(frozen=True)
class LookAlike:
    id: str
    title: str
    percent: int


def look_alikes(ideas: Sequence[Card], wall: Sequence[Card]) -> dict[str, tuple[LookAlike, ...]]:
    """Idea to those on the wall whose titles are most like its own, the most alike first."""
    words = [_words(card.title) for card in wall]
    return {idea.id: _like(idea, wall, words) for idea in ideas}


def _like(idea: Card, wall: Sequence[Card], words: list[str]) -> tuple[LookAlike, ...]:
    own = _words(idea.title)
    if not own:
        return ()
    found = process.extract(own, words, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=MOST + 1)
    others = [(wall[at], percent) for _, percent, at in found if wall[at].id != idea.id]
    return tuple(LookAlike(card.id, card.title, round(percent)) for card, percent in others[:MOST])


@lru_cache(maxsize=5_000)
def _words(title: str) -> str:
    """The words that matter, without accents and vowel signs; small words of the Latin script go."""
    bare = "".join(
        _plain(letter)
        for letter in unicodedata.normalize("NFKD", title.casefold())
        if unicodedata.category(letter) != "Mn"
    )
    return " ".join(_bare(word) for word in bare.split() if len(word) > 3 or not word.isascii() or word.isdecimal())


def _plain(letter: str) -> str:
    """One letter as everybody's keyboard would write it: ى as ي, Persian ک as ك, ٢ as 2; the stretch of a line goes."""
    if letter == TATWEEL:
        return ""
    value = unicodedata.decimal(letter, None)
    if value is not None:
        return str(value)
    return FORMS.get(letter, letter) if letter.isalnum() else " "


def _bare(word: str) -> str:
    """An Arabic word without its article."""
    return word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 2 else word


TATWEEL = "ـ"
ARTICLE = "ال"
FORMS = {"ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "گ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ٱ": "ا"}
"""Letters of the Arabic script that people type for one another, to the one that is compared."""
