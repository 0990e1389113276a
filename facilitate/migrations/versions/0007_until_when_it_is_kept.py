"""Until when the thread between people and their answers is kept, and when a whole event is to be deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("keep_until", sa.Date(), nullable=True))
    op.add_column("event", sa.Column("delete_at", sa.DateTime(timezone=True), nullable=True))
