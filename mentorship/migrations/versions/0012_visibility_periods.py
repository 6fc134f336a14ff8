"""Earlier choices of what managers may see are kept, so that choosing one again shows again what it showed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table; nothing is known of choices before the present one."""
    op.create_table(
        "visibility_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(length=20), nullable=False),
        sa.Column("since", MOMENT, nullable=True),
        sa.Column("until", MOMENT, nullable=False),
        sa.CheckConstraint(
            "visibility IN ('released', 'classes', 'aggregates')",
            name=op.f("ck_visibility_period_visibility"),
        ),
        sa.CheckConstraint("since IS NULL OR since <= until", name=op.f("ck_visibility_period_order")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_visibility_period_programme_id_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visibility_period")),
    )
    op.create_index(op.f("ix_visibility_period_programme_id"), "visibility_period", ["programme_id"])


def downgrade() -> None:
    """Take the table off."""
    op.drop_index(op.f("ix_visibility_period_programme_id"), table_name="visibility_period")
    op.drop_table("visibility_period")
