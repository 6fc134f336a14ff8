"""A domain has a name in English and a word of explanation, where wanted."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

WORDS = "name_en", "explanation", "explanation_en"


def upgrade() -> None:
    """Add them, empty; the name that is there stays the one in Dutch."""
    for name in WORDS:
        op.add_column("domain", sa.Column(name, sa.String(length=200), nullable=False, server_default=""))


def downgrade() -> None:
    """Take them off."""
    for name in reversed(WORDS):
        op.drop_column("domain", name)
