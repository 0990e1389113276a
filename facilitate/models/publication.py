"""A publication: whose answers stood behind the figures of parts of the room that somebody has seen (R17).

What is shown later must not give away, by subtraction, a part that was hidden then.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, now


class Publication(Base):
    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
    sets: Mapped[dict[str, Any]]
    """The parts shown of each idea, and the number of every answer behind them: one that was changed has another."""
