"""What the two of a pair agree at their first meeting, and who put that aside."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"


def upgrade() -> None:
    """Nobody agreed on anything here so far."""
    op.create_table(
        "meeting_point",
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(10), nullable=False),
        sa.Column("agreed", sa.String(20), nullable=False),
        sa.Column("proposed", sa.String(20), nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side IN ('', 'junior', 'mentor')", name=op.f("ck_meeting_point_side")),
        sa.CheckConstraint("(proposed = '') = (side = '')", name=op.f("ck_meeting_point_proposed")),
        sa.CheckConstraint("agreed <> '' OR proposed <> ''", name=op.f("ck_meeting_point_chosen")),
        sa.CheckConstraint("agreed <> proposed", name=op.f("ck_meeting_point_other")),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_meeting_point_mentorship_id_mentorship")
        ),
        sa.PrimaryKeyConstraint("mentorship_id", "point", name=op.f("pk_meeting_point")),
    )
    op.create_table(
        "meeting_aside",
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("aside_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_meeting_aside_mentorship_id_mentorship")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_aside_person_id_person")),
        sa.PrimaryKeyConstraint("mentorship_id", "person_id", name=op.f("pk_meeting_aside")),
    )


def downgrade() -> None:
    """Forget what was agreed."""
    for name in ("meeting_aside", "meeting_point"):
        op.drop_table(name)
