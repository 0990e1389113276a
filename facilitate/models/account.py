"""Facilitators' accounts and where they are signed in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitate.models.base import Base, now

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(hours=24)


def token_hash(token: str) -> str:
    """Tokens have 256 random bits, so a plain hash keeps them."""
    return hashlib.sha256(token.encode()).hexdigest()


class Facilitator(Base):
    __tablename__ = "facilitator"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Trimmed and lower-cased."""
    password: Mapped[str | None] = mapped_column(String(200))
    """An argon2id hash; empty until the set-up link was used."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    invitation: Mapped[str | None] = mapped_column(String(64), index=True)
    """Hash of a single-use token that sets the password, from `facilitate user add` or `reset`."""
    invited_at: Mapped[datetime | None]

    def invite(self) -> str:
        """A token that lets its holder choose a password once; an older one no longer works."""
        token = secrets.token_urlsafe(32)
        self.invitation, self.invited_at = token_hash(token), now()
        return token

    def choose_password(self, hashed: str) -> None:
        self.password, self.invitation, self.invited_at = hashed, None, None


class SignIn(Base):
    """One browser in which a facilitator is signed in. Deleting the row signs it out everywhere at once."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    facilitator: Mapped[Facilitator] = relationship(lazy="joined")

    @classmethod
    def of(cls, facilitator: Facilitator) -> tuple[SignIn, str]:
        token = secrets.token_urlsafe(32)
        return cls(facilitator=facilitator, token=token_hash(token), began_at=now(), seen_at=now()), token

    def is_valid(self, at: datetime) -> bool:
        return at - self.seen_at < IDLE and at - self.began_at < ABSOLUTE
