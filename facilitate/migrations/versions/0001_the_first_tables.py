"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# PostgreSQL compares no text with a number; SQLite's constraint stays as it was released.
WEIGHT = {"sqlite": "weight >= 0", "postgresql": "CAST(weight AS NUMERIC) >= 0"}

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("preset", sa.String(length=60), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("languages", JSON, nullable=False),
        sa.Column("board_language", sa.String(length=12), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("notice", JSON, nullable=False),
        sa.Column("secrecy", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("door", sa.String(length=8), nullable=False),
        sa.Column("moderation", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scoring_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_hash", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("timer_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("board_view", sa.String(length=12), nullable=True),
        sa.Column("is_board_blank", sa.Boolean(), nullable=False),
        sa.Column("is_qr_big", sa.Boolean(), nullable=False),
        sa.Column("replays", sa.Integer(), nullable=False),
        sa.Column("n_min", sa.Integer(), nullable=False),
        sa.Column("top", sa.Integer(), nullable=False),
        sa.Column("k_board", sa.Integer(), nullable=False),
        sa.Column("k_export", sa.Integer(), nullable=False),
        sa.Column("announces_ballots", sa.Boolean(), nullable=False),
        sa.Column("is_rehearsal", sa.Boolean(), nullable=False),
        sa.Column("rehearsal_pass", sa.String(length=64), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("log_head", sa.String(length=64), nullable=False),
        sa.CheckConstraint("door in ('closed', 'open', 'locked')", name=op.f("ck_event_door")),
        sa.CheckConstraint("moderation in ('approve-first', 'show-at-once')", name=op.f("ck_event_moderation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("code", name=op.f("uq_event_code")),
    )
    op.create_table(
        "facilitator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invitation", sa.String(length=64), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facilitator")),
        sa.UniqueConstraint("email", name=op.f("uq_facilitator_email")),
    )
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facilitator_invitation"), ["invitation"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("prompt", JSON, nullable=True),
        sa.Column("say", JSON, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_activity_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_activity_event_id_position")),
    )
    op.create_table(
        "capability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role in ('host', 'observer', 'board')", name=op.f("ck_capability_role")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_capability_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capability")),
        sa.UniqueConstraint("public_id", name=op.f("uq_capability_public_id")),
        sa.UniqueConstraint("token", name=op.f("uq_capability_token")),
    )
    with op.batch_alter_table("capability", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_capability_event_id"), ["event_id"], unique=False)

    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", JSON, nullable=False),
        sa.Column("statement", JSON, nullable=False),
        sa.Column("helper", JSON, nullable=False),
        sa.Column("levels", JSON, nullable=False),
        sa.Column("weight", sa.String(length=20), nullable=False),
        sa.Column("lower_is_better", sa.Boolean(), nullable=False),
        sa.Column("evidence_expected", sa.Boolean(), nullable=False),
        sa.CheckConstraint(WEIGHT[op.get_context().dialect.name], name=op.f("ck_criterion_weight")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_criterion_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_criterion_event_id_code")),
    )
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criterion_event_id"), ["event_id"], unique=False)

    op.create_table(
        "log_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_log_entry_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
    )
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.create_index("ix_log_entry_event_number", ["event_id", "number"], unique=True)

    op.create_table(
        "membership",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_membership_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitator.id"],
            name=op.f("fk_membership_facilitator_id_facilitator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "facilitator_id", name=op.f("pk_membership")),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_organization_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("event_id", "folded", name=op.f("uq_organization_event_id_folded")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitator.id"],
            name=op.f("fk_sign_in_facilitator_id_facilitator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token", name=op.f("uq_sign_in_token")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_facilitator_id"), ["facilitator_id"], unique=False)

    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", JSON, nullable=False),
        sa.Column("hint", JSON, nullable=True),
        sa.Column("own_organization", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "list in ('group', 'community', 'sector', 'kind', 'evidence', 'reason')", name=op.f("ck_term_list")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_term_event_id_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("event_id", "list", "key", name=op.f("uq_term_event_id_list_key")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_event_id"), ["event_id"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("seq", COUNTER, nullable=False),
        sa.Column("is_finished", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "channel in ('phone', 'remote', 'scribe', 'paper', 'rehearsal')", name=op.f("ck_ballot_channel")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["term.id"], name=op.f("fk_ballot_community_id_term")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_ballot_event_id_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["group_id"], ["term.id"], name=op.f("fk_ballot_group_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("link", name=op.f("uq_ballot_link")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_event_id"), ["event_id"], unique=False)

    op.create_table(
        "idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=True),
        sa.Column("title", sa.String(length=320), nullable=False),
        sa.Column("label", sa.String(length=96), nullable=False),
        sa.Column("details", sa.String(length=2400), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("sector_id", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'merged') = (merged_into_id is not null)", name=op.f("ck_idea_merged")),
        sa.CheckConstraint(
            "channel in ('phone', 'remote', 'scribe', 'paper', 'rehearsal')", name=op.f("ck_idea_channel")
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'shown', 'hidden', 'merged', 'withdrawn')", name=op.f("ck_idea_state")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["term.id"], name=op.f("fk_idea_community_id_term")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_idea_event_id_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["kind_id"], ["term.id"], name=op.f("fk_idea_kind_id_term")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["idea.id"], name=op.f("fk_idea_merged_into_id_idea"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_idea_organization_id_organization"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["reason_id"], ["term.id"], name=op.f("fk_idea_reason_id_term")),
        sa.ForeignKeyConstraint(["sector_id"], ["term.id"], name=op.f("fk_idea_sector_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
        sa.UniqueConstraint("public_id", name=op.f("uq_idea_public_id")),
    )
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_author"), ["author"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_merged_into_id"), ["merged_into_id"], unique=False)

    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("reentry", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "channel in ('phone', 'remote', 'scribe', 'paper', 'rehearsal')", name=op.f("ck_participant_channel")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_participant_event_id_event"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_participant_organization_id_organization"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("public_id", name=op.f("uq_participant_public_id")),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_participant_reentry"), ["reentry"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2400), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_evidence_idea_id_idea"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["type_id"], ["term.id"], name=op.f("fk_evidence_type_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "recusal",
        sa.Column("ballot_id", sa.Text(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("seq", COUNTER, nullable=False),
        sa.Column("is_recused", sa.Integer(), nullable=False),
        sa.CheckConstraint("why in ('stake', 'organization', 'author', 'host')", name=op.f("ck_recusal_why")),
        sa.CheckConstraint("is_recused in (0, 1)", name=op.f("ck_recusal_is_recused")),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_recusal_ballot_id_ballot"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_recusal_idea_id_idea"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ballot_id", "idea_id", "why", name=op.f("pk_recusal")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "score",
        sa.Column("ballot_id", sa.Text(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("seq", COUNTER, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("value", sa.Double().with_variant(sa.REAL(), "sqlite"), nullable=True),
        sa.CheckConstraint("(answer = 'number') = (value is not null)", name=op.f("ck_score_value")),
        sa.CheckConstraint("answer in ('number', 'dont_know', 'blank')", name=op.f("ck_score_answer")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_score_seq")),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_score_ballot_id_ballot"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_score_criterion_id_criterion"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_score_idea_id_idea"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ballot_id", "idea_id", "criterion_id", "round", name=op.f("pk_score")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_idea_id"), ["idea_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_idea_id"))

    op.drop_table("score")
    op.drop_table("recusal")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_idea_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_reentry"))
        batch_op.drop_index(batch_op.f("ix_participant_event_id"))

    op.drop_table("participant")
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_idea_event_id"))
        batch_op.drop_index(batch_op.f("ix_idea_author"))

    op.drop_table("idea")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_event_id"))

    op.drop_table("ballot")
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_term_event_id"))

    op.drop_table("term")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_facilitator_id"))

    op.drop_table("sign_in")
    op.drop_table("organization")
    op.drop_table("membership")
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_log_entry_event_number")

    op.drop_table("log_entry")
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criterion_event_id"))

    op.drop_table("criterion")
    with op.batch_alter_table("capability", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_capability_event_id"))

    op.drop_table("capability")
    op.drop_table("activity")
    with op.batch_alter_table("facilitator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facilitator_invitation"))

    op.drop_table("facilitator")
    op.drop_table("event")
