"""A participant: somebody in the room, without a name.

The one thread from a participant to a ballot or to an idea is a keyed hash under the event's key. Destroying the key
(archiving) cuts it for good.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, public_id
from facilitate.models.log import Actor

CHANNELS = ("phone", "remote", "scribe", "paper", "rehearsal")
TRANSCRIBED = ("paper", "scribe")
"""The channels of a scribe: from a sheet of paper, or from somebody's mouth."""
REENTRY_DIGITS = 10


class Participant(Base):
    __tablename__ = "participant"
    __table_args__ = (CheckConstraint(f"channel in {CHANNELS}", name="channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="SET NULL"))
    language: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(12))
    reentry: Mapped[str] = mapped_column(String(64), index=True)
    """Keyed hash of the ten digits that bring the same ballot to another phone."""

    @property
    def actor(self) -> Actor:
        """How the log may name this person: never as this person."""
        return Actor("participant", channel=self.channel)


def link(event_key: bytes, purpose: str, participant: Participant) -> str:
    """The keyed hash that ties a participant to a ballot ("ballot") or to an idea ("author")."""
    return hmac.new(event_key, f"{purpose}:{participant.public_id}".encode(), hashlib.sha256).hexdigest()


def reentry_hash(event_key: bytes, digits: str) -> str:
    return hmac.new(event_key, f"reentry:{digits}".encode(), hashlib.sha256).hexdigest()


def new_reentry_code() -> str:
    """Ten digits that any script can type."""
    return "".join(secrets.choice("0123456789") for _ in range(REENTRY_DIGITS))
