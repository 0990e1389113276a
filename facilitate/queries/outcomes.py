"""The outcome of an event, computed once for everybody who looks at it.

Drawing ranks takes a moment of pure arithmetic, so it runs aside while the room goes on. What it is made of changes
only with an entry in the log: the event's revision says whether what was kept still holds.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from flask import current_app

from facilitate.database import aside
from facilitate.models import Event
from facilitate.queries import room
from facilitate.scoring.outcome import Outcome, evaluate
from facilitate.scoring.settings import Settings

MOST = 16
"""Outcomes kept at a time; the one that nobody asked for longest goes first."""


@dataclass(frozen=True)
class Kept:
    revision: int
    outcome: Outcome


def settings(event: Event) -> Settings:
    """What was decided for this event before anything was counted."""
    return Settings(
        minimum=event.n_min, top=event.top, k=event.k_export, balance=event.balance, fall_back=event.fall_back
    )


def for_screens(event: Event) -> Settings:
    """The same with the lower threshold of what does not leave the room."""
    return replace(settings(event), screen_k=event.k_board)


def outcome(event: Event) -> Outcome:
    """The ranking and all its checks. Asked for only once scoring is closed."""
    shelf: OrderedDict[int, Kept] = current_app.extensions.setdefault("outcomes", OrderedDict())
    kept = shelf.get(event.id)
    if kept is None or kept.revision != event.revision:
        kept = Kept(event.revision, aside(evaluate, room.whole(event), for_screens(event)))
        shelf[event.id] = kept
        while len(shelf) > MOST:
            shelf.popitem(last=False)
    shelf.move_to_end(event.id)
    return kept.outcome
