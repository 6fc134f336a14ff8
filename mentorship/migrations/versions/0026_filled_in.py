"""What was filled in for somebody, and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "filled_in",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("section IN ('roster', 'expertise', 'places')", name=op.f("ck_filled_in_section")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_filled_in_person_id")),
        sa.PrimaryKeyConstraint("person_id", "section", name=op.f("pk_filled_in")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("filled_in")
