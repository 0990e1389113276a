"""More roles by link (co-host, moderator, scribe), and the number that a paper ballot carries.

SQLite cannot change a constraint in place: the small table of links, which no other table points at, is written anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CHECK = "role in ('host', 'cohost', 'moderator', 'scribe', 'observer', 'board')"


def upgrade() -> None:
    with op.batch_alter_table("capability", schema=None) as links:
        links.drop_constraint(op.f("ck_capability_role"), type_="check")
        links.create_check_constraint(op.f("ck_capability_role"), CHECK)
    op.add_column("ballot", sa.Column("paper", sa.String(length=20), nullable=True))
    op.create_index(op.f("ix_ballot_event_id_paper"), "ballot", ["event_id", "paper"], unique=True)
