"""A scenario: other weights after scoring, with who, when and why (R14). The locked baseline stays beside it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, now, public_id


class Scenario(Base):
    __tablename__ = "scenario"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    author: Mapped[str] = mapped_column(String(120))
    """Account or link of the host; never a participant."""
    at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(String(400))
    weights: Mapped[dict[str, str]]
    """Criterion's code to its weight, a decimal string."""
