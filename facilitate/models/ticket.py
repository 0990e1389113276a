"""A ticket: a paper with a long number on it that lets one person in, once.

Its keyed hash is stored and whether it was used, but neither when nor by whom. The table is ordered by the hashes, so
that not even row order tells.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base

TICKET_DIGITS = 20
"""66 bits that any script can type."""


class Ticket(Base):
    __tablename__ = "ticket"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    is_used: Mapped[bool] = mapped_column(default=False)


def ticket_hash(event_key: bytes, digits: str) -> str:
    return hmac.new(event_key, f"ticket:{digits}".encode(), hashlib.sha256).hexdigest()


def new_ticket() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(TICKET_DIGITS))
