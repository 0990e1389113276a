"""Who may join, tickets, ballots set apart, and timers that close.

Columns are added by plain statements, which SQLite and PostgreSQL both know: Alembic's batch mode would copy the
tables, and lose on the way that ballots lie in the order of their random keys.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    """event ADD COLUMN admission VARCHAR(8) NOT NULL DEFAULT 'open'
    CONSTRAINT ck_event_admission CHECK (admission in ('open', 'counted', 'tickets'))""",
    "event ADD COLUMN heads INTEGER",
    "event ADD COLUMN results_seen BOOLEAN NOT NULL DEFAULT false",
    "event ADD COLUMN timer_closes BOOLEAN NOT NULL DEFAULT false",
    "event ADD COLUMN timer_left INTEGER",
    "event ADD COLUMN timer_struck INTEGER",
    """ballot ADD COLUMN excluded VARCHAR(12)
    CONSTRAINT ck_ballot_excluded CHECK (excluded in ('twice', 'outsider', 'trial', 'machine', 'other'))""",
)


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE {column}")
    # Whether somebody has looked at the results of an older event is not known, so it is taken for granted.
    op.execute("UPDATE event SET results_seen = true WHERE closing_hash <> ''")
    op.create_table(
        "ticket",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_ticket_event_id_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_ticket")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ticket_event_id"), "ticket", ["event_id"])
