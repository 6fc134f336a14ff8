"""An account that a code opened is closed to what was kept before, until its person confirms."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nothing is closed, no mailbox is known, and who made the codes that are out is not known either."""
    op.add_column("account", sa.Column("closed_before", MOMENT, nullable=True))
    op.add_column("account", sa.Column("mailbox", sa.String(254), nullable=False, server_default=""))
    with op.batch_alter_table("activation_code") as batch:
        batch.add_column(sa.Column("made_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("mailed_to", sa.String(254), nullable=False, server_default=""))
        batch.add_column(sa.Column("told_at", MOMENT, nullable=True))
        batch.create_foreign_key(op.f("fk_activation_code_made_by_id_person"), "person", ["made_by_id"], ["id"])
    op.add_column("device", sa.Column("trusted", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("plan", sa.Column("changed_at", MOMENT, nullable=True))


def downgrade() -> None:
    """Open everything."""
    op.drop_column("plan", "changed_at")
    op.drop_column("device", "trusted")
    with op.batch_alter_table("activation_code") as batch:
        batch.drop_constraint(op.f("fk_activation_code_made_by_id_person"), type_="foreignkey")
        batch.drop_column("told_at")
        batch.drop_column("mailed_to")
        batch.drop_column("made_by_id")
    op.drop_column("account", "mailbox")
    op.drop_column("account", "closed_before")
