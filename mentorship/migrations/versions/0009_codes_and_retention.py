"""Codes for check-ins on paper, released signals, how long proposals wait and how long what is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

# (column, default, least, most); plain statements, for a programme made anew would lose the trigger that reads it
SETTINGS = (
    ("proposal_days", 14, 5, 60),
    ("notes_months", 3, 1, 24),
    ("answers_months", 12, 1, 24),
    ("pairs_months", 24, 1, 24),
)


def upgrade() -> None:
    """Create the table and the columns."""
    op.create_table(
        "check_in_code",
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_check_in_code_check_in_id_check_in"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_check_in_code_made_by_person")),
        sa.PrimaryKeyConstraint("check_in_id", name=op.f("pk_check_in_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_check_in_code_code_hash")),
    )
    op.add_column("signal", sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
    for name, default, least, most in SETTINGS:
        op.execute(
            f"ALTER TABLE programme ADD COLUMN {name} INTEGER DEFAULT {default} NOT NULL"
            f" CONSTRAINT ck_programme_{name} CHECK ({name} BETWEEN {least} AND {most})"
        )


def downgrade() -> None:
    """Drop them."""
    for name, *_ in SETTINGS:
        op.drop_column("programme", name)
    op.drop_column("signal", "released_at")
    op.drop_table("check_in_code")
