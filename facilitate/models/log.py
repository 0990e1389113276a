"""The log: who did what when. It is the audit trail and the live pulse at the same time.

Entries form a chain: each holds the hash of the one before, so that changing any of them later is found.
A participant appears as role, channel and table, never as a person.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, now

GENESIS = "0" * 64


@dataclass(frozen=True)
class Actor:
    """Who does a deed, as far as the log may know."""

    role: str
    label: str = ""
    """For facilitators and links: the account or the link's name. Always empty for participants."""
    channel: str = "phone"


SYSTEM = Actor("system", channel="server")


class LogEntry(Base):
    __tablename__ = "log_entry"
    __table_args__ = (Index("ix_log_entry_event_number", "event_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
    role: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(120), default="")
    channel: Mapped[str] = mapped_column(String(12))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40), default="")
    """Public id of what the deed was done to."""
    data: Mapped[dict[str, Any]]
    """Before and after, as far as they may be kept."""
    hash: Mapped[str] = mapped_column(String(64))

    def chained_to(self, previous: str) -> str:
        """The hash of this entry after the entry with hash `previous`."""
        content = [
            previous,
            self.number,
            self.at.isoformat(timespec="microseconds"),
            self.role,
            self.label,
            self.channel,
            self.action,
            self.subject,
            self.data,
        ]
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
