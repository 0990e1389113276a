"""A criterion: what an idea is scored on, with its weight and its worded levels."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, Texts


class Criterion(Base):
    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("CAST(weight AS NUMERIC) >= 0", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(8))
    position: Mapped[int]
    label: Mapped[Texts]
    statement: Mapped[Texts]
    helper: Mapped[Texts]
    levels: Mapped[list[Any]]
    """Worst to best as asked: [{"value": "1", "label": {…}}, …]. Values are decimal strings, so they stay exact."""
    weight: Mapped[str] = mapped_column(String(20), default="1")
    """A decimal string: weights enter exact fractions."""
    lower_is_better: Mapped[bool] = mapped_column(default=False)
    evidence_expected: Mapped[bool] = mapped_column(default=False)
    is_retired: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Taken off the ballot. It stays for answers that an earlier ballot may hold, and its letter is not given again."""

    @property
    def values(self) -> tuple[str, ...]:
        """The raw answers this criterion takes, in the order of its levels."""
        return tuple(str(level["value"]) for level in self.levels)
