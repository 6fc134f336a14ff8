"""Who is not available from when until when, and the days that a site keeps otherwise than its region."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "away",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_away_days")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_away_person_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_away_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away")),
    )
    op.create_index(op.f("ix_away_person_id"), "away", ["person_id"])
    op.create_index(op.f("ix_away_last_day"), "away", ["last_day"])
    op.create_table(
        "closed_day",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_closed_day_site_id")),
        sa.PrimaryKeyConstraint("site_id", "day", name=op.f("pk_closed_day")),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("closed_day")
    op.drop_table("away")
