"""Goals with levels, pauses with an end, failing rules, closing words and check-ins, mentor training."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

CLAIM_OPEN = "status IN ('claimed', 'seconding')"


def upgrade() -> None:
    """Create the tables and columns."""
    op.add_column("mentorship", sa.Column("paused_until", sa.Date(), nullable=True))
    op.add_column("check_in", sa.Column("closing", sa.Boolean(), nullable=False, server_default=sa.false()))
    _goals()
    op.create_table(
        "closing_word",
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("reached", sa.String(length=1000), nullable=False),
        sa.Column("thanks", sa.String(length=500), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('junior', 'mentor')", name=op.f("ck_closing_word_side")),
        sa.CheckConstraint("thanks = '' OR side = 'junior'", name=op.f("ck_closing_word_thanks")),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_closing_word_mentorship_id_mentorship")
        ),
        sa.PrimaryKeyConstraint("mentorship_id", "side", name=op.f("pk_closing_word")),
    )
    op.create_table(
        "failing_rule",
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "rule IN ('expertise', 'line', 'language', 'site', 'meeting')", name=op.f("ck_failing_rule_rule")
        ),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_failing_rule_mentorship_id_mentorship")
        ),
        sa.PrimaryKeyConstraint("mentorship_id", "rule", name=op.f("pk_failing_rule")),
    )
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("followed_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_training_person_id_person")),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_training_noted_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sa.UniqueConstraint("person_id", "title", "followed_on", name=op.f("uq_training_person_id")),
    )


def _goals() -> None:
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("start_level", sa.Integer(), nullable=False),
        sa.Column("target_level", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "start_level BETWEEN 0 AND 4 AND target_level BETWEEN 1 AND 5", name=op.f("ck_goal_levels")
        ),
        sa.CheckConstraint("target_level > start_level", name=op.f("ck_goal_higher")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_goal_mentorship_id_mentorship")),
        sa.ForeignKeyConstraint(["domain_id"], ["domain.id"], name=op.f("fk_goal_domain_id_domain")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_goal_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("mentorship_id", "domain_id", name=op.f("uq_goal_mentorship_id")),
    )
    op.create_index(op.f("ix_goal_domain_id"), "goal", ["domain_id"])
    op.create_table(
        "level_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("mentor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_level_claim_level")),
        sa.CheckConstraint(
            "status IN ('claimed', 'seconding', 'confirmed', 'declined', 'withdrawn')",
            name=op.f("ck_level_claim_status"),
        ),
        sa.CheckConstraint(f"({CLAIM_OPEN}) = (settled_at IS NULL)", name=op.f("ck_level_claim_settled")),
        sa.CheckConstraint("status <> 'seconding' OR second_id IS NOT NULL", name=op.f("ck_level_claim_second")),
        sa.CheckConstraint(
            "status NOT IN ('seconding', 'confirmed') OR evidence <> ''", name=op.f("ck_level_claim_evidence")
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_level_claim_goal_id_goal")),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name=op.f("fk_level_claim_second_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_claim")),
    )
    op.create_index(op.f("ix_level_claim_goal_id"), "level_claim", ["goal_id"])
    op.create_index(op.f("ix_level_claim_second_id"), "level_claim", ["second_id"])
    op.create_index(
        "uq_level_claim_open", "level_claim", ["goal_id"], unique=True, sqlite_where=sa.text(CLAIM_OPEN),
        postgresql_where=sa.text(CLAIM_OPEN),
    )


def downgrade() -> None:
    """Drop the tables and columns."""
    for table in ("training", "failing_rule", "closing_word", "level_claim", "goal"):
        op.drop_table(table)
    op.drop_column("check_in", "closing")
    op.drop_column("mentorship", "paused_until")
