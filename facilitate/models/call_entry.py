"""A call entry: what a Call for Proposals says about one shortlisted idea (`cfp_annex.csv`)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base

STREAMS = (
    "needs-assessment",
    "information",
    "language",
    "employment",
    "connections",
    "support",
    "indirect",
)
"""Kinds of service that a call is made of."""
PRINCIPLES = "CORE"
"""Client-centred, outcomes-driven, responsive to need, effective use of resources."""


class CallEntry(Base):
    __tablename__ = "call_entry"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True)
    title_en: Mapped[str] = mapped_column(String(320), default="")
    title_fr: Mapped[str] = mapped_column(String(320), default="")
    need_statement: Mapped[str] = mapped_column(String(8000), default="")
    target_group: Mapped[str] = mapped_column(String(400), default="")
    geography: Mapped[str] = mapped_column(String(400), default="")
    service_stream: Mapped[str] = mapped_column(String(40), default="")
    partners: Mapped[str] = mapped_column(String(800), default="")
    core_alignment: Mapped[str] = mapped_column(String(40), default="")
    """Letters of the PRINCIPLES it serves."""
    dissent_note: Mapped[str] = mapped_column(String(2400), default="")


FIELDS = tuple(column.key for column in CallEntry.__table__.columns if column.key != "idea_id")
