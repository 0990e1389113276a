"""A ballot version: criteria, levels and weights as they froze when scoring opened.

A later change is a new version and begins a new round, so every answer stays with the ballot it was given on.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, now


class BallotVersion(Base):
    __tablename__ = "ballot_version"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    round: Mapped[int]
    """The first round that was scored on it."""
    at: Mapped[datetime] = mapped_column(default=now)
    content: Mapped[dict[str, Any]]


def first_round(event_id: int) -> Select[int]:
    """The first round on the ballot as it is now: answers to an older ballot are kept, and count no more."""
    return select(func.coalesce(func.max(BallotVersion.round), 1)).where(BallotVersion.event_id == event_id)
