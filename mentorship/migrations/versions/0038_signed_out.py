"""An account knows that an administrator ended all its sessions, until its person was told."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Nobody was signed out by another."""
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("signed_out_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("signed_out_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_account_signed_out_by_id_person"), "person", ["signed_out_by_id"], ["id"])


def downgrade() -> None:
    """Tell nobody."""
    with op.batch_alter_table("account") as batch:
        batch.drop_constraint(op.f("fk_account_signed_out_by_id_person"), type_="foreignkey")
        batch.drop_column("signed_out_by_id")
        batch.drop_column("signed_out_at")
