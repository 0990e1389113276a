"""A hand: the ideas that one ballot was dealt, where there is no time for all (R16)."""

from __future__ import annotations

import json

from sqlalchemy import Connection, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.models.base import Base
from facilitate.models.many import execute_many


class Hand(Base):
    __tablename__ = "hand"
    __table_args__ = ({"sqlite_with_rowid": False},)

    ballot_id: Mapped[str] = mapped_column(String(22), ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int]
    """Their order is each ballot's own; what was added late stands before all others."""


ADDS = {
    "sqlite": "INSERT INTO hand (ballot_id, idea_id, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    "postgresql": """
INSERT INTO hand (ballot_id, idea_id, position)
SELECT r->>0, (r->>1)::int, (r->>2)::int FROM json_array_elements(%s::json) AS r ON CONFLICT DO NOTHING""",
}
HELD = {
    "sqlite": """
SELECT hand.ballot_id, hand.idea_id FROM json_each(?) AS r
JOIN hand ON hand.ballot_id = json_extract(r.value, '$[0]') AND hand.idea_id = json_extract(r.value, '$[1]')""",
    "postgresql": """
SELECT hand.ballot_id, hand.idea_id FROM json_array_elements(%s::json) AS r
JOIN hand ON hand.ballot_id = r->>0 AND hand.idea_id = (r->>1)::int""",
}


def add_to_hands(database: Connection, rows: list[tuple[str, int, int]]) -> None:
    """Ballot, idea and position; what a ballot holds already stays where it is."""
    execute_many(database, ADDS, rows)


def held(database: Connection, places: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of these ballots and ideas where the ballot holds the idea."""
    if not places:
        return set()
    found = database.exec_driver_sql(HELD[database.dialect.name], (json.dumps(list(places)),))
    return {(ballot, idea) for ballot, idea in found}
