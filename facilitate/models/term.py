"""A term: one word of an event's own lists (stakeholder groups, communities, sectors, kinds, …)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, Texts

LISTS = ("group", "community", "sector", "kind", "evidence", "reason")


class Term(Base):
    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("event_id", "list", "key"),
        CheckConstraint(f"list in {LISTS}", name="list"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    list: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    label: Mapped[Texts]
    hint: Mapped[Texts | None]
    own_organization: Mapped[bool] = mapped_column(default=False)
    """Kinds only: may an idea of this kind name the organization that would carry it, which then does not score it?"""
