"""Hours that mentors note per week: with each junior, and other guiding."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

OTHER_GUIDING = sa.text("mentorship_id IS NULL")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "worked_week",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=True),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hours >= 0 AND hours <= 60", name=op.f("ck_worked_week_hours")),
        sa.CheckConstraint("words = '' OR mentorship_id IS NULL", name=op.f("ck_worked_week_words")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_worked_week_mentor_id_person")),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_worked_week_mentorship_id_mentorship")
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_worked_week_noted_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worked_week")),
        sa.UniqueConstraint("mentorship_id", "week", name=op.f("uq_worked_week_mentorship_id")),
    )
    op.create_index("ix_worked_week_mentor", "worked_week", ["mentor_id", "week"])
    op.create_index(
        "uq_worked_week_other", "worked_week", ["mentor_id", "week"], unique=True, sqlite_where=OTHER_GUIDING,
        postgresql_where=OTHER_GUIDING,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("worked_week")
