"""An organization that people come from, or that an idea names as its own."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base


class Organization(Base):
    __tablename__ = "organization"
    __table_args__ = (UniqueConstraint("event_id", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120))
    """The name without case and spare space: two spellings of the same letters are one organization."""


def folded(name: str) -> str:
    return " ".join(name.split()).casefold()[:120]
