"""How the ballot is made (weights by the room, sampling, cut-off vote, versions), rounds, scenarios, and the call."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import SchemaItem

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = (
    """event ADD COLUMN weights_by VARCHAR(4) NOT NULL DEFAULT 'host'
    CONSTRAINT ck_event_weights_by CHECK (weights_by in ('host', 'room'))""",
    "event ADD COLUMN per_person INTEGER",
    "event ADD COLUMN cut_to INTEGER",
    "event ADD COLUMN expected_people INTEGER",
    "event ADD COLUMN expected_ideas INTEGER",
    "event ADD COLUMN fall_back BOOLEAN NOT NULL DEFAULT false",
    "event ADD COLUMN balance BOOLEAN NOT NULL DEFAULT false",
    "criterion ADD COLUMN is_retired BOOLEAN NOT NULL DEFAULT false",
    "event ADD COLUMN board_figure VARCHAR(160) NOT NULL DEFAULT 'mean'",
    "idea ADD COLUMN round INTEGER NOT NULL DEFAULT 1",
    "idea ADD COLUMN is_shortlisted BOOLEAN NOT NULL DEFAULT false",
    "idea ADD COLUMN is_marked BOOLEAN NOT NULL DEFAULT false",
    "idea ADD COLUMN is_cut BOOLEAN NOT NULL DEFAULT false",
    "ballot ADD COLUMN is_late BOOLEAN NOT NULL DEFAULT false",
)


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE {column}")
    _by_ballot("weight_points", "criterion", sa.Column("points", sa.Integer(), nullable=False), "points >= 0")
    _by_ballot("approval", "idea")
    _by_ballot("hand", "idea", sa.Column("position", sa.Integer(), nullable=False))
    _of_event(
        "ballot_version",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_ballot_version_event_id_number")),
    )
    _of_event(
        "scenario",
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("weights", JSON, nullable=False),
        sa.UniqueConstraint("public_id", name=op.f("uq_scenario_public_id")),
    )
    _of_event(
        "publication",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sets", JSON, nullable=False),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_publication_event_id_number")),
    )
    op.create_table(
        "call_entry",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(length=length), nullable=False)
            for name, length in (
                ("title_en", 320),
                ("title_fr", 320),
                ("need_statement", 8000),
                ("target_group", 400),
                ("geography", 400),
                ("service_stream", 40),
                ("partners", 800),
                ("core_alignment", 40),
                ("dissent_note", 2400),
            )
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_call_entry_idea_id_idea"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_call_entry")),
    )


def _by_ballot(name: str, other: str, value: sa.Column[int] | None = None, check: str = "") -> None:
    """A table of what single ballots hold, in the order of their random keys."""
    columns: list[SchemaItem] = [
        sa.Column("ballot_id", sa.String(length=22), nullable=False),
        sa.Column(f"{other}_id", sa.Integer(), nullable=False),
        *([value] if value is not None else []),
    ]
    keys: list[SchemaItem] = [
        sa.ForeignKeyConstraint(
            [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_{name}_{table}_id_{table}"), ondelete="CASCADE"
        )
        for table in ("ballot", other)
    ]
    checks: list[SchemaItem] = (
        [sa.CheckConstraint(check, name=op.f(f"ck_{name}_{value.name}"))] if check and value is not None else []
    )
    op.create_table(
        name,
        *columns,
        *keys,
        *checks,
        sa.PrimaryKeyConstraint("ballot_id", f"{other}_id", name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f(f"ix_{name}_{other}_id"), name, [f"{other}_id"])


def _of_event(name: str, *columns: SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f(f"fk_{name}_event_id_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    if name == "scenario":
        op.create_index(op.f(f"ix_{name}_event_id"), name, ["event_id"])
