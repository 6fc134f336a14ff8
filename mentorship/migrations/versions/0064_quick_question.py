"""A quick question to a colleague, and who said that colleagues may find them."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"

IS_OPEN = sa.text("status = 'open'")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nobody asked anything yet, and nobody is found before they say that they may be."""
    op.create_table(
        "findable",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_findable_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_findable")),
    )
    op.create_table(
        "quick_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=True),
        sa.Column("along", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("hours", sa.Numeric(4, 2), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.CheckConstraint("asker_id <> asked_id", name=op.f("ck_quick_question_not_self")),
        sa.CheckConstraint(
            "status IN ('open', 'yes', 'no', 'withdrawn', 'lapsed', 'off')", name=op.f("ck_quick_question_status")
        ),
        sa.CheckConstraint("hours IS NULL OR (hours >= 0 AND hours <= 24)", name=op.f("ck_quick_question_hours")),
        sa.CheckConstraint(
            "status <> 'open' OR (closed_at IS NULL AND answered_at IS NULL)", name=op.f("ck_quick_question_open")
        ),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"], name=op.f("fk_quick_question_asker_id_person")),
        sa.ForeignKeyConstraint(["asked_id"], ["person.id"], name=op.f("fk_quick_question_asked_id_person")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_quick_question_closed_by_id_person")),
        sa.ForeignKeyConstraint(["domain_id"], ["domain.id"], name=op.f("fk_quick_question_domain_id_domain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quick_question")),
    )
    op.create_index(
        "uq_quick_question_open",
        "quick_question",
        ["asker_id", "asked_id"],
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_index("ix_quick_question_asked_id", "quick_question", ["asked_id"])


def downgrade() -> None:
    """What was asked is forgotten."""
    op.drop_table("quick_question")
    op.drop_table("findable")
