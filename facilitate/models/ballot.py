"""A ballot: all scores of one person in one event, without the person."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base, Counter
from facilitate.models.many import execute_many
from facilitate.models.people import CHANNELS

EXCLUSIONS = ("twice", "outsider", "trial", "machine", "other")
"""Why a ballot is set apart. A host's own words could name somebody, so there are none."""


class Ballot(Base):
    """Keys are random and the table is ordered by them, so that not even row order says who came when."""

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint(f"channel in {CHANNELS}", name="channel"),
        CheckConstraint(f"excluded in {EXCLUSIONS}", name="excluded"),
        Index("ix_ballot_event_id_paper", "event_id", "paper", unique=True),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True, default=lambda: secrets.token_urlsafe(16))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    link: Mapped[str] = mapped_column(String(64), unique=True)
    """HMAC(event key, participant): lets a person edit, and ends when the key is destroyed."""
    group_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    community_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    channel: Mapped[str] = mapped_column(String(12))
    seq: Mapped[int] = mapped_column(Counter, default=0)
    """The highest number that any answer of this ballot carried, from whichever device."""
    is_finished: Mapped[bool] = mapped_column(default=False)
    """A courtesy signal: "I am done"."""
    paper: Mapped[str | None] = mapped_column(String(20))
    """The number printed on a paper ballot, so that whoever doubts finds the paper again."""
    excluded: Mapped[str | None] = mapped_column(String(12))
    """Why this ballot is set apart and not counted; empty for all others."""
    is_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Did its person come after scoring had closed? It holds no answers, and the closing hash does not know it."""


BALLOTS = {
    "sqlite": "SELECT id, event_id, seq FROM ballot WHERE id IN (SELECT value FROM json_each(?))",
    # Locked, in one order everywhere: two processes never write one ballot at once, and never wait for each other.
    "postgresql": """
SELECT id, event_id, seq FROM ballot WHERE id IN (SELECT json_array_elements_text(%s::json))
ORDER BY id COLLATE "C" FOR UPDATE""",
}
RAISES = {
    "sqlite": "UPDATE ballot SET seq = ?2 WHERE id = ?1 AND seq < ?2",
    "postgresql": """
UPDATE ballot SET seq = (r->>1)::bigint FROM json_array_elements(%s::json) AS r
WHERE ballot.id = r->>0 AND ballot.seq < (r->>1)::bigint""",
}


def ballots_of(database: Connection, ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Ballot to its event and the highest number it has reached, for those of these ids that there are."""
    found = database.exec_driver_sql(BALLOTS[database.dialect.name], (json.dumps(list(ids)),))
    return {own: (event_id, seq) for own, event_id, seq in found}


def raise_seqs(database: Connection, rows: list[tuple[str, int]]) -> None:
    """Note for each ballot the highest number it has reached."""
    execute_many(database, RAISES, rows)
