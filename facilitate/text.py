"""People's text, cleaned without changing what they wrote: normal form, no controls, no tricks with direction."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

import regex

_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u180e\u2060-\u2064\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]|\u200b"
)
_JOINER_ALONE = regex.compile(r"(?<!\p{L}\p{M}*)[\u200c\u200d]|[\u200c\u200d](?!\p{L})")
_EMOJI_JOINER = regex.compile(r"(?<=\p{Extended_Pictographic}\uFE0F?\p{EMod}?)\u200d(?=\p{Extended_Pictographic})")
_PILES = regex.compile(r"(\p{M}{8})\p{M}+")
"""More marks than any script puts on a letter. Sorting a long pile takes the square of its height, so they go first."""
_MARKS = regex.compile(r"(\p{M}{3})\p{M}+")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_GRAPHEME = regex.compile(r"\X")


def line(text: str | None) -> str:
    """One line: a title, a label, a name."""
    return " ".join(paragraphs(text).split())


def paragraphs(text: str | None) -> str:
    """Several lines: line breaks stay, but never more than one empty line."""
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = unicodedata.normalize("NFC", _PILES.sub(r"\1", text))
    text = _CONTROLS.sub("", text.replace("\t", " "))
    text = _EMOJI_JOINER.sub("\ue000", text)
    text = _JOINER_ALONE.sub("", text).replace("\ue000", "\u200d")
    text = _MARKS.sub(r"\1", text)
    text = _SPACES.sub(" ", text)
    return _LINES.sub("\n\n", "\n".join(part.strip() for part in text.split("\n"))).strip()


def length(text: str) -> int:
    """How many characters a person would count."""
    return len(_GRAPHEME.findall(text))


def speaks_arabic_script(text: str) -> bool:
    """Is any letter of this text Arabic (as in Arabic, Persian, Dari, Urdu)?"""
    return regex.search(r"\p{Arabic}", text) is not None


SCRIPTS = {
    "Latn": "Latin",
    "Arab": "Arabic",
    "Cyrl": "Cyrillic",
    "Hani": "Han",
    "Deva": "Devanagari",
    "Guru": "Gurmukhi",
    "Beng": "Bengali",
    "Taml": "Tamil",
    "Ethi": "Ethiopic",
    "Hebr": "Hebrew",
    "Grek": "Greek",
    "Hang": "Hangul",
    "Kana": "Katakana",
    "Hira": "Hiragana",
    "Thai": "Thai",
    "Khmr": "Khmer",
    "Mymr": "Myanmar",
    "Armn": "Armenian",
    "Geor": "Georgian",
    "Tibt": "Tibetan",
}
"""Codes of scripts (ISO 15924) to their names in regular expressions."""
_LETTERS = {code: regex.compile(rf"\p{{{name}}}") for code, name in SCRIPTS.items()}


def script(text: str) -> str:
    """The script that most of its letters are of; empty where there are none that we know."""
    counts = {code: len(pattern.findall(text)) for code, pattern in _LETTERS.items()}
    most = max(counts, key=lambda code: counts[code])
    return most if counts[most] else ""


def isolated(text: str) -> str:
    """Inside a sentence of ours, somebody's words keep their own direction."""
    return f"\u2068{text}\u2069"


def letters(text: str) -> str:
    """Only the letters and digits, in one case: what two people type alike, whatever their keyboards."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def web_address(text: str | None) -> SplitResult:
    """The parts of an address; nothing at all where it cannot be one."""
    try:
        return urlsplit(text or "")
    except ValueError:
        return urlsplit("")


def whole_number(text: str | None) -> int | None:
    """A counter that somebody sent; None where it is none, or longer than any that we count."""
    return int(text) if text and text.isdecimal() and len(text) <= 16 else None


def digits(text: str | None) -> str:
    """The digits in a code, typed in any script and with any spacing."""
    found = []
    for letter in text or "":
        value = unicodedata.decimal(letter, None)
        if value is not None:
            found.append(str(value))
    return "".join(found)


def decimal(text: str | None) -> str:
    """A number as typed in any script, with a comma or a point, the way we write it: ٢٫٥ as 2.5."""
    plain = {"٫": ".", ",": "."}
    return "".join(
        str(value) if (value := unicodedata.decimal(letter, None)) is not None else plain.get(letter, letter)
        for letter in (text or "").strip()
    )
