"""A convenor: an organization that holds the event, named in the welcome and on what is printed, with its logo."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, public_id


class Convenor(Base):
    __tablename__ = "convenor"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    logo: Mapped[bytes | None] = mapped_column(deferred=True)
    """A PNG that this server has written itself."""
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    """Pixels of the logo; 0 where there is none."""
