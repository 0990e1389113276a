"""What can be taken back, in words: the last deed of a host, and what a host has just done to an idea."""

from __future__ import annotations

from dataclasses import dataclass

from facilitate.errors import N_
from facilitate.models import Event, LogEntry
from facilitate.models.undoing import can_undo, entries_of, last_deed
from facilitate.queries.log import Entry, entry_of

MOST = 500
"""Entries of one press: so many ideas are never approved at once."""
STEPS = ("activity.", "results.", "scoring.", "vote.")

DONE = {
    "idea.shown": N_("“%(title)s” is on the wall now."),
    "idea.hidden": N_("“%(title)s” is set aside. Its author reads why."),
    "idea.merged": N_("“%(title)s” is merged. Nothing of it is lost."),
    "idea.split": N_("“%(title)s” stands by itself again."),
    "idea.relabelled": N_("“%(title)s” has a new label."),
    "idea.put_back": N_("“%(title)s” waits to be checked again."),
}


@dataclass(frozen=True)
class LastDeed:
    entry: Entry
    number: int
    about: str
    """The title of the idea that it was done to."""
    can_undo: bool
    is_step: bool
    """A step of the agenda: the way back is a button of its own."""


@dataclass(frozen=True)
class Done:
    """What a host has just done to one idea, or to several at once."""

    first: int
    last: int
    count: int
    sentence: str
    id: str
    title: str
    at: int
    """The idea's place among all: that is where its card was."""
    can_undo: bool


def last_deed_of(event: Event) -> LastDeed | None:
    found = last_deed(event)
    if found is None:
        return None
    return LastDeed(
        entry_of(event, found),
        found.number,
        _title(event, found),
        can_undo(event, found),
        found.action.startswith(STEPS),
    )


def done_by(event: Event, first: int, last: int) -> Done | None:
    """What these entries did; None where they are not about ideas."""
    if not 0 <= last - first <= MOST:
        return None
    deeds = entries_of(event, first, last)
    if not deeds or any(deed.action not in DONE for deed in deeds):
        return None
    idea = event.idea(deeds[-1].subject)
    return Done(
        first,
        last,
        len({deed.subject for deed in deeds}),
        DONE[deeds[0].action],
        deeds[-1].subject,
        idea.title if idea else "",
        idea.id if idea else 0,
        all(can_undo(event, deed) for deed in deeds),
    )


def _title(event: Event, entry: LogEntry) -> str:
    idea = event.idea(entry.subject) if entry.action.startswith("idea.") else None
    return idea.title if idea else ""
