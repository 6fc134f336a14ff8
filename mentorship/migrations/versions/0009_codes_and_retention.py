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

_PAIR = "FROM mentorship AS pair WHERE pair.id = signal.mentorship_id"
_AUTHOR = "CASE WHEN signal.side = 'mentor' THEN pair.mentor_id ELSE pair.junior_id END"
ASKED = {
    "mentor": f"SELECT pair.mentor_id {_PAIR}",
    "manager": f"SELECT (SELECT manager_id FROM person WHERE id = {_AUTHOR}) {_PAIR}",
    "confidant": "SELECT id FROM person WHERE number = (SELECT confidant FROM check_in_settings)",
}
"""Whose help was asked, where it is one person's."""


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
    with op.batch_alter_table("signal") as signal:
        signal.add_column(sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
        for name in ("released_by", "asked_id"):
            signal.add_column(sa.Column(name, sa.Integer(), nullable=True))
            signal.create_foreign_key(op.f(f"fk_signal_{name}_person"), "person", [name], ["id"])
    for about, asked in ASKED.items():
        op.execute(f"UPDATE signal SET asked_id = ({asked}) WHERE kind = 'help' AND about = '{about}'")
    op.add_column("programme", sa.Column("visibility_since", sa.DateTime(timezone=True), nullable=True))
    for name, default, least, most in SETTINGS:
        op.execute(
            f"ALTER TABLE programme ADD COLUMN {name} INTEGER DEFAULT {default} NOT NULL"
            f" CONSTRAINT ck_programme_{name} CHECK ({name} BETWEEN {least} AND {most})"
        )


def downgrade() -> None:
    """Drop them."""
    for name, *_ in SETTINGS:
        op.drop_column("programme", name)
    op.drop_column("programme", "visibility_since")
    with op.batch_alter_table("signal") as signal:
        for name in ("released_by", "asked_id"):
            signal.drop_constraint(op.f(f"fk_signal_{name}_person"), type_="foreignkey")
            signal.drop_column(name)
        signal.drop_column("released_at")
    op.drop_table("check_in_code")
