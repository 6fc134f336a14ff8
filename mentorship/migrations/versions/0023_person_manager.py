"""Managers of a person beside the one they have."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "person_manager",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("manager_id <> person_id", name=op.f("ck_person_manager_not_own_manager")),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_person_manager_manager_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_manager_person_id")),
        sa.PrimaryKeyConstraint("person_id", "manager_id", name=op.f("pk_person_manager")),
    )
    op.create_index(op.f("ix_person_manager_manager_id"), "person_manager", ["manager_id"])


def downgrade() -> None:
    """Take it off; everybody keeps the first."""
    op.drop_table("person_manager")
