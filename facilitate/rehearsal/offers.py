"""What a page lets somebody choose: an event's lists are its host's own, and the simulated room chooses from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

LISTED = ("kind", "sector", "group", "community", "evidence-0-type")
MUST = ("kind", "evidence-0-type")
"""Where the first of the list stands for a word that is not on it; elsewhere nothing is said."""


class Offers(HTMLParser):
    """Name of a field to the values it offers, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, list[str]] = {}
        self._select = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._select = said.get("name", "")
        elif tag == "option":
            self._note(self._select, said.get("value", ""))
        elif tag == "input" and said.get("type") == "radio":
            self._note(said.get("name", ""), said.get("value", ""))

    def _note(self, name: str, value: str) -> None:
        if name in LISTED and value:
            self.values.setdefault(name, []).append(value)


def fitting(said: Sequence[tuple[str, str]], offers: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """The same fields in the words of this event."""
    return [(name, _fitting(name, value, offers)) for name, value in said]


def _fitting(name: str, value: str, offers: Mapping[str, Sequence[str]]) -> str:
    listed = "evidence-0-type" if name.startswith("evidence-") and name.endswith("-type") else name
    if listed not in LISTED or value in offers.get(listed, ()):
        return value
    return offers[listed][0] if listed in MUST and offers.get(listed) else ""
