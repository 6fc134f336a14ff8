"""The reference of the letter by which the works council consented is kept while the rest is still being arranged."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    """What was agreed last names the letter of it."""
    op.add_column(
        "programme", sa.Column("council_reference", sa.String(length=200), nullable=False, server_default="")
    )
    op.execute(
        "UPDATE programme SET council_reference = "
        "COALESCE((SELECT reference FROM consent ORDER BY id DESC LIMIT 1), '')"
    )


def downgrade() -> None:
    """The version before forgets a letter that came before the rest was arranged."""
    op.drop_column("programme", "council_reference")
