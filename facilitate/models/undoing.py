"""Undoing: what a host did is taken back by the verb that does the opposite, as long as nobody has changed it since.

Steps of the agenda are not here: the way back from those is a button of its own, which asks where it must.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import or_

from facilitate.errors import N_, MovedOn, NotNow
from facilitate.models.event import Event
from facilitate.models.idea import Idea
from facilitate.models.log import Actor, LogEntry

HOSTS = ("host", "cohost", "moderator")
CHANGED = N_("Somebody has changed this since. This is how it is now.")

Undoing = Callable[[Event, LogEntry, Actor], None]

STRANDS = {
    "idea.": ("idea.",),
    "board.": ("board.", "activity.", "results.", "reveal."),
    "timer.": ("timer.", "activity."),
    "door.": ("door.", "day."),
    "day.": ("door.", "day."),
    "moderation.": ("moderation.",),
}
"""The beginning of an action to those of later entries after which it is not the last word any more."""


def last_deed(event: Event) -> LogEntry | None:
    """What a host did last."""
    query = event.log.select().where(LogEntry.role.in_(HOSTS)).order_by(LogEntry.number.desc()).limit(1)
    return event.database.scalar(query)


def entries_of(event: Event, first: int, last: int) -> list[LogEntry]:
    """These entries, the newest first."""
    query = event.log.select().where(LogEntry.number.between(first, last)).order_by(LogEntry.number.desc())
    return list(event.database.scalars(query))


def is_last_word(event: Event, entry: LogEntry) -> bool:
    """Has nobody changed the same thing since?"""
    beginnings = STRANDS[_family(entry)]
    later = event.log.select().where(
        LogEntry.number > entry.number, or_(*(LogEntry.action.startswith(begin) for begin in beginnings))
    )
    if entry.subject:
        later = later.where(LogEntry.subject == entry.subject)
    return event.database.scalar(later.limit(1)) is None


def can_undo(event: Event, entry: LogEntry) -> bool:
    return entry.action in UNDOINGS and entry.role in HOSTS and is_last_word(event, entry)


def undo(event: Event, deeds: Iterable[LogEntry], *, by: Actor) -> None:
    """Take these deeds back, the newest first: all of them, or none."""
    deeds = list(deeds)
    if not deeds or any(entry.action not in UNDOINGS or entry.role not in HOSTS for entry in deeds):
        raise NotNow(N_("This cannot be taken back with one press."))
    if not all(is_last_word(event, entry) for entry in deeds):
        raise MovedOn(CHANGED)
    for entry in deeds:
        UNDOINGS[entry.action](event, entry, by)


def _family(entry: LogEntry) -> str:
    return entry.action.partition(".")[0] + "."


# --- ideas ---


def _idea(event: Event, entry: LogEntry, key: str = "") -> Idea:
    found = event.idea(str(entry.data.get(key, "")) if key else entry.subject)
    if found is None:
        raise MovedOn(CHANGED)
    return found


def _unshow(event: Event, entry: LogEntry, by: Actor) -> None:
    """Back among those to check, or set aside for the same reason as before."""
    idea = _idea(event, entry)
    reason = event.term("reason", _last_reason(event, entry)) if entry.data.get("before") == "hidden" else None
    if reason:
        idea.hide(reason, "", by=by)
    else:
        idea.put_back(by=by)


def _last_reason(event: Event, entry: LogEntry) -> str:
    query = event.log.select().where(
        LogEntry.subject == entry.subject, LogEntry.action == "idea.hidden", LogEntry.number < entry.number
    )
    hidden = event.database.scalar(query.order_by(LogEntry.number.desc()).limit(1))
    return str(hidden.data.get("reason", "")) if hidden else ""


def _unhide(event: Event, entry: LogEntry, by: Actor) -> None:
    idea = _idea(event, entry)
    if entry.data.get("before") == "waiting":
        idea.put_back(by=by)
        return
    was_late = idea.is_late
    idea.show(by=by)
    idea.is_late = was_late  # it had been on the wall, in time or not


def _unmerge(event: Event, entry: LogEntry, by: Actor) -> None:
    """The idea stands by itself again, with what had been merged into it before."""
    idea, into = _idea(event, entry), _idea(event, entry, "into")
    idea.split(by=by)
    children = set(entry.data.get("children", ()))
    for child in event.merged_into(into):
        if child.public_id in children:
            child.split(by=by)
            child.merge_into(idea, by=by)
    if entry.data.get("before") == "waiting":
        idea.put_back(by=by)


# --- the board ---


def _show_the_view_before(event: Event, entry: LogEntry, by: Actor) -> None:
    """What a host had chosen before; a step of the agenda lets the board follow it again."""
    query = event.log.select().where(
        LogEntry.number < entry.number,
        or_(LogEntry.action == "board.shows", LogEntry.action.startswith("activity.")),
    )
    before = event.database.scalar(query.order_by(LogEntry.number.desc()).limit(1))
    view = before.data.get("view") if before else None
    event.show_on_board(None if view in (None, "agenda") else str(view), by=by)


UNDOINGS: dict[str, Undoing] = {
    "idea.shown": _unshow,
    "idea.hidden": _unhide,
    "idea.merged": _unmerge,
    "idea.split": lambda event, entry, by: _idea(event, entry).merge_into(_idea(event, entry, "out_of"), by=by),
    "idea.relabelled": lambda event, entry, by: _idea(event, entry).relabel(str(entry.data["before"]), by=by),
    "idea.marked": lambda event, entry, by: _idea(event, entry).unmark(by=by),
    "idea.unmarked": lambda event, entry, by: _idea(event, entry).mark(by=by),
    "idea.shortlisted": lambda event, entry, by: _idea(event, entry).unlist(by=by),
    "idea.unlisted": lambda event, entry, by: _idea(event, entry).shortlist(by=by),
    "moderation.changed": lambda event, entry, by: event.moderate(str(entry.data["before"]), by=by),
    "board.shows": _show_the_view_before,
    "board.blanked": lambda event, _entry, by: event.blank_board(by=by),
    "board.unblanked": lambda event, _entry, by: event.blank_board(by=by),
    "board.qr": lambda event, _entry, by: event.enlarge_qr(by=by),
    "board.frozen": lambda event, _entry, by: event.freeze_board(by=by),
    "board.thawed": lambda event, _entry, by: event.freeze_board(by=by),
    "timer.started": lambda event, _entry, by: event.stop_timer(by=by),
    "timer.paused": lambda event, _entry, by: event.resume_timer(by=by),
    "timer.resumed": lambda event, _entry, by: event.pause_timer(by=by),
    "timer.closes": lambda event, _entry, by: event.only_remind(by=by),
    "timer.reminds": lambda event, _entry, by: event.close_at_zero(by=by),
    "door.opened": lambda event, _entry, by: event.lock_door(by=by),
    "door.locked": lambda event, _entry, by: event.open_doors(by=by),
    "day.closed": lambda event, _entry, by: event.open_doors(by=by),
}
"""What takes back what. Deeds that are not here stay: the console says so."""
