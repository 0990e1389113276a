"""A hand: the ideas that one ballot was dealt, where there is no time for all (R16)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base


class Hand(Base):
    __tablename__ = "hand"
    __table_args__ = ({"sqlite_with_rowid": False},)

    ballot_id: Mapped[str] = mapped_column(String(22), ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int]
