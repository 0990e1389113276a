"""A score: one ballot, one idea, one criterion; and a recusal: one ballot keeps out of one idea.

Neither row holds a time, an address or a person. `seq` is a counter inside the ballot, not a clock.
"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import REAL, CheckConstraint, Connection, Double, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, Counter
from facilitate.models.many import execute_many

ANSWERS = ("number", "dont_know", "blank")
REASONS = ("stake", "organization", "author", "host")


class Score(Base):
    """STRICT and ordered by its key: a text never lands in a number column, and row order tells nothing."""

    __tablename__ = "score"
    __table_args__ = (
        CheckConstraint(f"answer in {ANSWERS}", name="answer"),
        CheckConstraint("(answer = 'number') = (value is not null)", name="value"),
        CheckConstraint("seq > 0", name="seq"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    ballot_id: Mapped[str] = mapped_column(Text, ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    criterion_id: Mapped[int] = mapped_column(Integer, ForeignKey("criterion.id", ondelete="CASCADE"), primary_key=True)
    round: Mapped[int] = mapped_column(Integer, primary_key=True, default=1)
    seq: Mapped[int] = mapped_column(Counter)
    answer: Mapped[str] = mapped_column(Text)
    value: Mapped[float | None] = mapped_column(Double().with_variant(REAL, "sqlite"))
    """The raw level that was tapped; sums are taken over counts per level, so they stay exact."""


class Recusal(Base):
    __tablename__ = "recusal"
    __table_args__ = (
        CheckConstraint(f"why in {REASONS}", name="why"),
        CheckConstraint("is_recused in (0, 1)", name="is_recused"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    ballot_id: Mapped[str] = mapped_column(Text, ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(Integer, ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True)
    why: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(Counter, default=0)
    is_recused: Mapped[int] = mapped_column(Integer, default=1)


def plain(value: float) -> str:
    """A level as it was sent: 4.0 as 4, 0.5 as 0.5."""
    return format(Decimal(repr(value)).normalize(), "f")


ScoreRow = tuple[str, int, int, int, int, str, float | None]
"""Ballot, idea, criterion, round, seq, answer, value."""
StakeRow = tuple[str, int, int, int]
"""Ballot, idea, seq, is_recused."""

# The statements of the hot path. What is older than the table stays out. SQLite likes many small steps, PostgreSQL one
# round trip: its rows travel as one JSON parameter.
_NEWER_SCORE = """
ON CONFLICT (ballot_id, idea_id, criterion_id, round)
DO UPDATE SET seq = excluded.seq, answer = excluded.answer, value = excluded.value WHERE excluded.seq > score.seq"""
_NEWER_STAKE = """
ON CONFLICT (ballot_id, idea_id, why)
DO UPDATE SET seq = excluded.seq, is_recused = excluded.is_recused WHERE excluded.seq > recusal.seq"""

SCORE_UPSERTS = {
    "sqlite": f"""
INSERT INTO score (ballot_id, idea_id, criterion_id, round, seq, answer, value)
VALUES (?, ?, ?, ?, ?, ?, ?) {_NEWER_SCORE}""",  # noqa: S608 - constants of this file
    "postgresql": f"""
INSERT INTO score (ballot_id, idea_id, criterion_id, round, seq, answer, value)
SELECT r->>0, (r->>1)::int, (r->>2)::int, (r->>3)::int, (r->>4)::bigint, r->>5, (r->>6)::double precision
FROM json_array_elements(%s::json) AS r {_NEWER_SCORE}""",  # noqa: S608
}
STAKE_UPSERTS = {
    "sqlite": f"""
INSERT INTO recusal (ballot_id, idea_id, seq, is_recused, why) VALUES (?, ?, ?, ?, 'stake') {_NEWER_STAKE}""",  # noqa: S608
    "postgresql": f"""
INSERT INTO recusal (ballot_id, idea_id, seq, is_recused, why)
SELECT r->>0, (r->>1)::int, (r->>2)::bigint, (r->>3)::int, 'stake'
FROM json_array_elements(%s::json) AS r {_NEWER_STAKE}""",  # noqa: S608
}


def upsert_scores(database: Connection, rows: list[ScoreRow]) -> None:
    """Store every answer that is newer than what the table holds for its ballot, idea, criterion and round."""
    execute_many(database, SCORE_UPSERTS, rows)


def upsert_stakes(database: Connection, rows: list[StakeRow]) -> None:
    """The same for the stake button, per ballot and idea."""
    execute_many(database, STAKE_UPSERTS, rows)
