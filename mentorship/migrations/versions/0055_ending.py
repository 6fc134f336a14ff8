"""Until when a pair is meant to run, and how it ended: never a verdict on a person, and not said of those before."""

from alembic import op

revision = "0055"
down_revision = "0054"

REASONS = "ended_as IN ('', 'reached', 'time', 'changed', 'not_fitting')"


def upgrade() -> None:
    """Of pairs that ended before nobody said how, so that they are not paired again, as they were told."""
    op.execute("ALTER TABLE mentorship ADD COLUMN expected_end DATE")
    op.execute(
        "ALTER TABLE mentorship ADD COLUMN ended_as VARCHAR(20) NOT NULL DEFAULT '' "
        f"CONSTRAINT ck_mentorship_ended_as CHECK ({REASONS})"
    )


def downgrade() -> None:
    """How pairs ended is forgotten, and until when they were meant to run."""
    op.drop_column("mentorship", "ended_as")
    op.drop_column("mentorship", "expected_end")
