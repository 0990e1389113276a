"""Basics: what the day is called, where and when it is, which languages it speaks, and who convenes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from facilitate.errors import N_, Invalid, NotFound, NotNow
from facilitate.models.convenor import Convenor
from facilitate.models.day.archiving import Archiving
from facilitate.models.log import Actor

MOST_LANGUAGES = 8
MOST_CONVENORS = 12
DESCRIBED = ("title", "starts_on", "place", "time_zone", "acknowledgement")


@dataclass(frozen=True)
class Logo:
    """A picture as it is kept: PNG, and how many pixels wide and high."""

    png: bytes
    width: int
    height: int


class Basics(Archiving):
    """What everybody is told about the day, whatever they do in it."""

    __abstract__ = True

    def describe(self, *, by: Actor, **said: Any) -> None:
        """Change any of `DESCRIBED`."""
        for name in ("title", "acknowledgement"):
            if name in said:
                said[name] = self.reworded(getattr(self, name), said[name]) or None
        if "title" in said and not said["title"]:
            raise Invalid(N_("An event needs a title in one language at least."))
        changed = [name for name in DESCRIBED if name in said and said[name] != getattr(self, name)]
        if not changed:
            return
        if "starts_on" in changed:
            self.keep_with(said["starts_on"])
        for name in changed:
            setattr(self, name, said[name])
        self.record("event.described", by=by, fields=changed)

    def speak(self, languages: Sequence[str], main: str, *, by: Actor) -> None:
        """In which languages the event's own texts are written, and which is the first. No text is lost by this."""
        wanted = [main, *(tag for tag in dict.fromkeys(languages) if tag != main)]
        if main not in languages:
            raise Invalid(N_("The main language is one of the event’s languages."))
        if len(wanted) > MOST_LANGUAGES:
            raise Invalid(N_("An event speaks %(most)s languages at most."), most=MOST_LANGUAGES)
        before = list(self.languages)
        if (wanted, main) == (before, self.language):
            return
        self.languages, self.language = wanted, main
        if self.board_language not in wanted:
            self.board_language = main
        if self.board_second not in wanted or self.board_second == self.board_language:
            self.board_second = None
        self.record("event.speaks", by=by, before=", ".join(before), after=", ".join(wanted))

    # --- who convenes it ---

    def convene(self, name: str, logo: Logo | None = None, *, by: Actor) -> Convenor:
        """One more organization that holds the day, last in the row."""
        if len(self.convenors) >= MOST_CONVENORS:
            raise NotNow(N_("There are %(most)s convenors already. Take one off first."), most=MOST_CONVENORS)
        place = max((one.position for one in self.convenors), default=-1) + 1
        added = Convenor(name=name, position=place)
        if logo:
            added.logo, added.width, added.height = logo.png, logo.width, logo.height
        self.convenors.append(added)
        self.record("convenor.added", by=by, name=name)
        return added

    def release(self, convenor_id: str, *, by: Actor) -> None:
        """Take a convenor off."""
        found = self.convenor(convenor_id)
        if found is None:
            raise NotFound()
        self.convenors.remove(found)
        self.record("convenor.removed", by=by, name=found.name)

    def convenor(self, convenor_id: str) -> Convenor | None:
        return next((one for one in self.convenors if one.public_id == convenor_id), None)
