"""One activity of an event's agenda: its title, what people are asked, how long it should take."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, Texts


class Activity(Base):
    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(20))
    title: Mapped[Texts]
    prompt: Mapped[Texts | None]
    say: Mapped[Texts | None]
    minutes: Mapped[int | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
