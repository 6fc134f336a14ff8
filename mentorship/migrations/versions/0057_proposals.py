"""Who opened a proposal, who was reminded of it, and that it was withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"

MOMENTS = "withdrawn_at", "mentor_seen_at", "junior_seen_at"


def upgrade() -> None:
    """Of what was proposed so far nobody knows who opened it."""
    for name in MOMENTS:
        op.add_column("mentorship", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "proposal_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mentorship_id"], ["mentorship.id"], name=op.f("fk_proposal_reminder_mentorship_id_mentorship")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposal_reminder_person_id_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_proposal_reminder_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_reminder")),
    )
    op.create_index(op.f("ix_proposal_reminder_mentorship_id"), "proposal_reminder", ["mentorship_id"])
    op.create_index("ix_proposal_reminder_person", "proposal_reminder", ["person_id", "reminded_at"])


def downgrade() -> None:
    """Forget it; what was withdrawn counts as not answered in time."""
    op.drop_table("proposal_reminder")
    for name in reversed(MOMENTS):
        op.drop_column("mentorship", name)
