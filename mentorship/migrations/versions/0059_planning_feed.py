"""Secret addresses at which a planning system reads hours of guiding."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
PEOPLE = ("person_id", "manager_id")


def upgrade() -> None:
    """Create the table."""
    foreign = [
        sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_planning_feed_{name}_person")) for name in PEOPLE
    ]
    op.create_table(
        "planning_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("names", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        *foreign,
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_planning_feed_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planning_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_planning_feed_token_hash")),
    )
    for name in PEOPLE:
        op.create_index(op.f(f"ix_planning_feed_{name}"), "planning_feed", [name])


def downgrade() -> None:
    """Drop the addresses: who had one makes a new one."""
    op.drop_table("planning_feed")
