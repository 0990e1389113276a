"""Evidence: what stands behind an idea, in a sentence or as a link."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitate.models.base import Base, public_id
from facilitate.models.term import Term


class Evidence(Base):
    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), index=True)
    type_id: Mapped[int] = mapped_column(ForeignKey("term.id"))
    text: Mapped[str] = mapped_column(String(2400), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    type: Mapped[Term] = relationship(lazy="joined")

    @property
    def said(self) -> tuple[str, str, str]:
        """What it says, whichever row it is."""
        return self.type.key, self.text, self.link
