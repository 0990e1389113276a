"""What one ballot says on how much each criterion should count: points that add up to a hundred."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base

POINTS = 100
"""What each person gives out over all criteria."""


class WeightPoints(Base):
    """Ordered by its key, like everything that belongs to a ballot."""

    __tablename__ = "weight_points"
    __table_args__ = (CheckConstraint("points >= 0", name="points"), {"sqlite_with_rowid": False})

    ballot_id: Mapped[str] = mapped_column(String(22), ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("criterion.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    points: Mapped[int]
