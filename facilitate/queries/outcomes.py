"""The outcome of an event, computed once for everybody who looks at it.

Drawing ranks takes a moment of pure arithmetic, so it runs aside while the room goes on. What it is made of changes
only with an entry in the log: the event's revision says whether what was kept still holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy import select

from facilitate.database import aside
from facilitate.extensions import db
from facilitate.models import Event
from facilitate.queries import room
from facilitate.scoring.outcome import Outcome, evaluate
from facilitate.scoring.settings import Settings

MOST = 16
"""Outcomes kept at a time; the one that nobody asked for longest goes first."""

T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    revision: int
    found: Any


@dataclass
class Shelf:
    kept: OrderedDict[str, Kept] = field(default_factory=OrderedDict)
    """By the events' codes."""
    turn: Lock = field(default_factory=Lock)
    """A hall asks in the same moment: one of them makes what all want, the others wait for it."""


def kept(shelf_name: str, event: Event, make: Callable[[], T]) -> T:
    """What was made of the event for somebody else, as long as nothing has happened since."""
    shelf: Shelf = current_app.extensions.setdefault(shelf_name, Shelf())
    current = revision(event)
    with shelf.turn:
        before = shelf.kept.get(event.code)
        if before is None or before.revision != current:
            shelf.kept[event.code] = before = Kept(current, make())
            while len(shelf.kept) > MOST:
                shelf.kept.popitem(last=False)
        shelf.kept.move_to_end(event.code)
    found: T = before.found
    return found


def revision(event: Event) -> int:
    """The last entry in the log, as it is now: a snapshot that many phones share may be older."""
    return db.session.scalar(select(Event.revision).where(Event.id == event.id)) or 0


def settings(event: Event) -> Settings:
    """What was decided before anything was counted. Where nobody stated a group, none can be balanced."""
    return Settings(
        minimum=event.n_min,
        top=event.top,
        k=event.k_export,
        balance=event.balance and room.states_groups(event),
        fall_back=event.fall_back,
    )


def for_screens(event: Event) -> Settings:
    """The same with the lower threshold of what does not leave the room."""
    return replace(settings(event), screen_k=event.k_board)


def outcome(event: Event) -> Outcome:
    """The ranking and all its checks. Asked for only once scoring is closed."""
    return kept("outcomes", event, lambda: aside(evaluate, room.whole(event), for_screens(event)))
