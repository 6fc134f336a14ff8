"""Why a round found nobody for a request, in merged counts, for whoever asked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "request_outcome",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("round_name", sa.String(length=200), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("able", sa.Integer(), nullable=False),
        sa.Column("reachable", sa.Integer(), nullable=False),
        sa.Column("free", sa.Integer(), nullable=False),
        sa.Column("fitting", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "able >= reachable AND reachable >= free AND free >= fitting AND fitting >= 0",
            name=op.f("ck_request_outcome_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["mentor_request.id"], name=op.f("fk_request_outcome_request_id_mentor_request")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request_outcome")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("request_outcome")
