"""Who convenes the day, with their logos; the words of welcome; a second language and stillness on the board."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("acknowledgement", JSON, nullable=True))
    op.add_column("event", sa.Column("board_second", sa.String(length=12), nullable=True))
    op.execute("ALTER TABLE event ADD COLUMN is_board_frozen BOOLEAN NOT NULL DEFAULT false")
    op.create_table(
        "convenor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_convenor_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convenor")),
        sa.UniqueConstraint("public_id", name=op.f("uq_convenor_public_id")),
    )
    op.create_index(op.f("ix_convenor_event_id"), "convenor", ["event_id"])
