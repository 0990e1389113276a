"""Alembic's entry: every migration runs in the one transaction of the connection it is given."""

from __future__ import annotations

from alembic import context

from facilitate.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
