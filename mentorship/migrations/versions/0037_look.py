"""Who looked at whose pages, for that person to see."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Nobody was seen looking yet."""
    op.create_table(
        "look",
        sa.Column("viewer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["viewer_id"], ["person.id"], name=op.f("fk_look_viewer_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_look_person_id_person")),
        sa.PrimaryKeyConstraint("viewer_id", "person_id", "kind", "day", name=op.f("pk_look")),
    )
    op.create_index("ix_look_person_id", "look", ["person_id", "last_at"])
    op.create_index(op.f("ix_look_day"), "look", ["day"])


def downgrade() -> None:
    """Forget who looked."""
    op.drop_table("look")
