"""A capability: a link that gives a role in one event to whoever holds it, until it is revoked."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.account import token_hash
from facilitate.models.base import Base, now, public_id

LINK_ROLES = ("host", "cohost", "moderator", "scribe", "observer", "board")


class Capability(Base):
    __tablename__ = "capability"
    __table_args__ = (CheckConstraint(f"role in {LINK_ROLES}", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(80), default="")
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """The hash; the token itself is shown once, when the link is made."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]

    @classmethod
    def grant(cls, event_id: int, role: str, label: str = "") -> tuple[Capability, str]:
        token = secrets.token_urlsafe(32)
        return cls(event_id=event_id, role=role, label=label, token=token_hash(token)), token


class Membership(Base):
    """An account's role in an event."""

    __tablename__ = "membership"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(12), default="host")
