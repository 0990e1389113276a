"""What one ballot says on how much each criterion should count: points that add up to a hundred."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from facilitate.models.ballot import Ballot
from facilitate.models.base import Base
from facilitate.models.criterion import Criterion

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


def points_of(database: Session, ballot: Ballot, criteria: Iterable[Criterion]) -> dict[str, int]:
    """Criterion's code to what this ballot gave it; empty while it gave nothing."""
    codes = {criterion.id: criterion.code for criterion in criteria}
    own = select(WeightPoints.criterion_id, WeightPoints.points).where(WeightPoints.ballot_id == ballot.id)
    return {codes[criterion]: points for criterion, points in database.execute(own) if criterion in codes}
