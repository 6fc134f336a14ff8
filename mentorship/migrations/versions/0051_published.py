"""Figures of groups in closed quarters, and who stood behind them."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    """Nothing was published yet."""
    op.create_table(
        "published_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.String(length=10), nullable=False),
        sa.CheckConstraint("side IN ('junior', 'mentor')", name=op.f("ck_published_figure_side")),
        sa.CheckConstraint("level IN ('organisation', 'site', 'domain')", name=op.f("ck_published_figure_level")),
        sa.CheckConstraint("hidden IN ('', 'few', 'protects')", name=op.f("ck_published_figure_hidden")),
        sa.CheckConstraint("(hidden = '') = (value IS NOT NULL)", name=op.f("ck_published_figure_shown")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_figure")),
        sa.UniqueConstraint("quarter", "side", "level", "key", name=op.f("uq_published_figure_quarter")),
    )
    op.create_table(
        "counted_person",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("whose_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["whose_id"], ["person.id"], name=op.f("fk_counted_person_whose_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_person")),
        sa.UniqueConstraint("whose_id", name=op.f("uq_counted_person_whose_id")),
    )
    op.create_table(
        "counted_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("counted_id", sa.Integer(), nullable=False),
        sa.Column("pair", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("domain", sa.Integer(), nullable=False),
        sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("side IN ('junior', 'mentor')", name=op.f("ck_counted_answer_side")),
        sa.ForeignKeyConstraint(
            ["counted_id"], ["counted_person.id"], name=op.f("fk_counted_answer_counted_id_counted_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_answer")),
        sa.UniqueConstraint("quarter", "side", "counted_id", "pair", name=op.f("uq_counted_answer_quarter")),
    )
    op.create_index(op.f("ix_counted_answer_counted_id"), "counted_answer", ["counted_id"])
    op.create_index("ix_counted_answer_side", "counted_answer", ["side", "quarter"])


def downgrade() -> None:
    """Forget what was published."""
    op.drop_table("counted_answer")
    op.drop_table("counted_person")
    op.drop_table("published_figure")
