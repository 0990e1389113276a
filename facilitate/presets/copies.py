"""A copy of an earlier event: its texts, lists, criteria, agenda and rules, and nobody and nothing of its day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from facilitate.models import Activity, Actor, Base, Convenor, Criterion, Event, Term
from facilitate.models.base import now
from facilitate.presets import A_YEAR, free_code

KEPT = (
    *("preset", "title", "language", "languages", "board_language", "board_second", "time_zone", "place"),
    *("notice", "secrecy", "acknowledgement", "announces_ballots", "moderation", "admission"),
    *("weights_by", "per_person", "cut_to", "expected_people", "expected_ideas"),
    *("fall_back", "balance", "n_min", "top", "k_board", "k_export"),
)
"""Columns of an event that say how its day is meant to go."""
OWN = {"id", "event_id", "public_id", "opened_at", "closed_at"}
"""Columns of its parts that belong to one event alone."""


def copy_of(
    database: Session,
    earlier: Event,
    *,
    by: Actor,
    title: str = "",
    language: str = "",
    starts_on: date | None = None,
) -> Event:
    """A new event like the earlier one, with a code, a key and a log of its own, added to the database."""
    event = Event(code=free_code(database), **{name: getattr(earlier, name) for name in KEPT})
    event.starts_on = starts_on or now().date()
    period = earlier.keep_until - earlier.starts_on if earlier.keep_until else A_YEAR
    event.keep_until = max(event.starts_on, now().date()) + period
    event.heads = None
    if event.admission == "counted":
        event.admission = "open"  # how many were in the room then says nothing about now
    if language in earlier.languages:
        event.language = event.board_language = language
        event.board_second = event.board_second if event.board_second != language else None
    if title:
        event.title = {event.language: title}
    event.activities = [_like(Activity, step) for step in earlier.activities]
    event.terms = [_like(Term, term) for term in earlier.terms]
    event.criteria = [_like(Criterion, one) for one in earlier.criteria]
    event.convenors = [_like(Convenor, one) for one in earlier.convenors]
    database.add(event)
    database.flush()
    event.record("event.copied", by=by, preset=event.preset)
    return event


def _like(kind: type[Any], part: Base) -> Any:
    names = [column.key for column in inspect(kind).column_attrs if column.key not in OWN]
    return kind(**{name: getattr(part, name) for name in names})
