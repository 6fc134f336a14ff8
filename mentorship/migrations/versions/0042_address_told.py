"""An account knows that another changed the address for its mail, until its person was told."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Of no change of before anything is told."""
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("address_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("address_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_account_address_by_id_person"), "person", ["address_by_id"], ["id"])


def downgrade() -> None:
    """Tell nobody."""
    with op.batch_alter_table("account") as batch:
        batch.drop_constraint(op.f("fk_account_address_by_id_person"), type_="foreignkey")
        batch.drop_column("address_by_id")
        batch.drop_column("address_at")
