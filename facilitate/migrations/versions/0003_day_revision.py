"""An event notes which log entry last changed the day itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("day_revision", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE event SET day_revision = revision")


def downgrade() -> None:
    op.drop_column("event", "day_revision")
