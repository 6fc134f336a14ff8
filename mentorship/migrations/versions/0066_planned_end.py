"""A pair is ended on a later day: which, how, by whom it was said, and whether the request opens again then."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"

WAYS = "ends_as IN ('', 'reached', 'time', 'changed', 'not_fitting')"


def upgrade() -> None:
    """Of pairs that run now nobody said so."""
    op.add_column("mentorship", sa.Column("ends_on", sa.Date(), nullable=True))
    op.execute(
        "ALTER TABLE mentorship ADD COLUMN ends_as VARCHAR(20) NOT NULL DEFAULT '' "
        f"CONSTRAINT ck_mentorship_ends_as CHECK ({WAYS})"
    )
    op.add_column("mentorship", sa.Column("ends_again", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("mentorship", sa.Column("ends_by_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """They run on: the version before ends nothing by itself."""
    for name in ("ends_by_id", "ends_again", "ends_as", "ends_on"):
        op.drop_column("mentorship", name)
