"""By which channel ballots came: by phone, from elsewhere, through a scribe or on paper, as far as it may be told."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from sqlalchemy import select

from facilitate.extensions import db
from facilitate.models import Ballot, Event, Score
from facilitate.models.people import CHANNELS
from facilitate.queries import room
from facilitate.queries.outcomes import kept
from facilitate.scoring.privacy import suppress

DIMENSION = "channel"


@dataclass(frozen=True)
class Channels:
    """How many ballots came by each channel. `hidden` counts those of channels that may not be told apart."""

    counts: tuple[tuple[str, int], ...]
    hidden: int
    k: int


def channels(event: Event) -> Channels:
    """Of all ballots that are counted and hold an answer."""
    return kept("channels", event, lambda: _channels(event, set(_came_by(event))))


def channels_of(event: Event, idea: str) -> Channels:
    """Of those that scored this idea."""
    return _channels(event, {row.ballot for row in room.rows(event) if row.idea == idea})


def _channels(event: Event, scorers: set[str]) -> Channels:
    """A channel under the event's k is hidden, and another one with it where the total would give it away."""
    came_by: dict[Hashable, str] = {ballot: channel for ballot, channel in _came_by(event).items() if ballot in scorers}
    told = suppress({DIMENSION: came_by}, event.k_board)
    sizes = {channel: list(came_by.values()).count(channel) for channel in CHANNELS}
    shown = {name for _, name in told.visible}
    return Channels(
        tuple((channel, sizes[channel]) for channel in CHANNELS if channel in shown),
        sum(size for channel, size in sizes.items() if channel not in shown),
        event.k_board,
    )


def _came_by(event: Event) -> dict[str, str]:
    """Ballot with an answer to its channel."""
    answered = select(Score.ballot_id).where(Score.ballot_id == Ballot.id, Score.answer == "number").exists()
    return dict(db.session.execute(select(Ballot.id, Ballot.channel).where(room.in_the_count(event), answered)).all())
