"""A score: one ballot, one idea, one criterion; and a recusal: one ballot keeps out of one idea.

Neither row holds a time, an address or a person. `seq` is a counter inside the ballot, not a clock.
"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import REAL, CheckConstraint, Double, ForeignKey, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, Counter

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


# Many rows in one statement, as JSON: its text never changes, so it is prepared once, and no value is ever part of it.
# What is older stays out, and RETURNING tells which rows went in.
_SCORE_CONFLICT = """
ON CONFLICT (ballot_id, idea_id, criterion_id, round)
DO UPDATE SET seq = excluded.seq, answer = excluded.answer, value = excluded.value WHERE excluded.seq > score.seq
RETURNING ballot_id, idea_id, criterion_id, round"""

_STAKE_CONFLICT = """
ON CONFLICT (ballot_id, idea_id, why)
DO UPDATE SET seq = excluded.seq, is_recused = excluded.is_recused WHERE excluded.seq > recusal.seq
RETURNING ballot_id, idea_id, why, 0"""

UPSERTS = {
    "sqlite": {
        "score": text(f"""
INSERT INTO score (ballot_id, idea_id, criterion_id, round, seq, answer, value)
SELECT json_extract(value, '$.b'), json_extract(value, '$.i'), json_extract(value, '$.c'), json_extract(value, '$.r'),
       json_extract(value, '$.s'), json_extract(value, '$.a'), json_extract(value, '$.v')
FROM json_each(:rows) WHERE true {_SCORE_CONFLICT}"""),  # noqa: S608 - constants of this file
        "stake": text(f"""
INSERT INTO recusal (ballot_id, idea_id, why, seq, is_recused)
SELECT json_extract(value, '$.b'), json_extract(value, '$.i'), json_extract(value, '$.c'),
       json_extract(value, '$.s'), json_extract(value, '$.v')
FROM json_each(:rows) WHERE true {_STAKE_CONFLICT}"""),  # noqa: S608 - constants of this file
    },
    "postgresql": {
        "score": text(f"""
INSERT INTO score (ballot_id, idea_id, criterion_id, round, seq, answer, value)
SELECT b, i, c, r, s, a, v FROM json_to_recordset(CAST(:rows AS json))
       AS row(b text, i int, c int, r int, s bigint, a text, v double precision) {_SCORE_CONFLICT}"""),  # noqa: S608
        "stake": text(f"""
INSERT INTO recusal (ballot_id, idea_id, why, seq, is_recused)
SELECT b, i, c, s, v FROM json_to_recordset(CAST(:rows AS json))
       AS row(b text, i int, c text, s bigint, v int) {_STAKE_CONFLICT}"""),  # noqa: S608
    },
}
