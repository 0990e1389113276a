"""Lists: the event's own words for who is in the room and what ideas are about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.base import Base, Texts, said
from facilitate.models.day.chronicle import Chronicle
from facilitate.models.log import Actor
from facilitate.models.term import Term

NEEDED = ("kind", "evidence", "reason")
"""Lists of which something must always be left."""
MOST_TERMS = 30
KEY_LENGTH = 40


@dataclass(frozen=True)
class Wanted:
    """A term as a host wants it; a new one has no key yet."""

    key: str | None
    label: Texts
    hint: Texts | None = None
    own_organization: bool = False


class Lists(Chronicle):
    """Stakeholder groups, communities, sectors, kinds of ideas, types of evidence, reasons for setting aside."""

    __abstract__ = True

    def rewrite(self, name: str, wanted: Sequence[Wanted], *, by: Actor) -> None:
        """The list as it should be from now on: words, order, what is new and what is gone.

        A term that somebody has chosen already stays: what they said about themselves or their idea is theirs.
        """
        self._refuse_list(name, wanted)
        known = {term.key: term for term in self.listed(name)}
        gone = [term for key, term in known.items() if key not in {one.key for one in wanted}]
        for term in gone:
            if self.is_chosen(term):
                raise NotNow(
                    N_("Somebody has chosen “%(term)s” already, so it stays."), term=said(term.label, self.language)
                )
        changes: dict[str, Any] = {"removed": [term.key for term in gone], "added": [], "changed": []}
        for term in gone:
            self.terms.remove(term)
        for position, one in enumerate(wanted):
            found = known.get(one.key or "")
            if found is None:
                key = self._free_key(one.label, name, taken={*known, *changes["added"]})
                added = Term(list=name, key=key, position=position, label=one.label, hint=one.hint)
                added.own_organization = one.own_organization
                self.terms.append(added)
                changes["added"].append(key)
            elif self._put(found, one, position):
                changes["changed"].append(found.key)
        if any(changes.values()):
            self.database.flush()
            self.database.expire(self, ["terms"])
            self.record("list.changed", by=by, list=name, **{what: keys for what, keys in changes.items() if keys})

    def _refuse_list(self, name: str, wanted: Sequence[Wanted]) -> None:
        if name in NEEDED and not wanted:
            raise Invalid(N_("This list needs one entry at least."))
        if len(wanted) > MOST_TERMS:
            raise Invalid(N_("A list has %(most)s entries at most: people read it on a phone."), most=MOST_TERMS)
        if not all(one.label for one in wanted):
            raise Invalid(N_("Every entry needs words in one language at least."))

    def is_chosen(self, term: Term) -> bool:
        """Does any ballot, idea or piece of evidence name it?"""
        return any(self.database.scalar(select(exists().where(column == term.id))) for column in _namings())

    def _put(self, term: Term, wanted: Wanted, position: int) -> bool:
        """Make the term what is wanted; did that change anything?"""
        after = {
            "label": self.reworded(term.label, wanted.label),
            "hint": self.reworded(term.hint, wanted.hint) or None,
            "position": position,
        }
        if term.list == "kind":
            after["own_organization"] = wanted.own_organization
        changed = {name: value for name, value in after.items() if getattr(term, name) != value}
        for name, value in changed.items():
            setattr(term, name, value)
        return bool(changed)

    @staticmethod
    def _free_key(label: Texts, name: str, taken: Collection[str]) -> str:
        """A key that no entry has or had a moment ago: a word that comes back is a new one."""
        stem = key_of(said(label, "en")) or name
        return next(key for key in _numbered(stem) if key not in taken)


def key_of(words: str) -> str:
    """A stable name for files, in plain letters; empty where there are none (Arabic, say)."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:KEY_LENGTH].strip("-")


def _numbered(stem: str) -> Iterable[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _namings() -> list[ColumnElement[int]]:
    """Every column that names a term."""
    return [
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table is Term.__table__ for key in column.foreign_keys)
    ]
