"""Guessing is slowed down at a pace, and a device that was here before is known again."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Nobody tried anything yet, and no device is known; failed_sign_in stays for the version before."""
    op.create_table(
        "pacing",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("spent_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pacing")),
    )
    op.create_index(op.f("ix_pacing_spent_until"), "pacing", ["spent_until"])
    op.create_table(
        "device",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_device_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "token_hash", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_seen_at"), "device", ["seen_at"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("device")
    op.drop_table("pacing")
