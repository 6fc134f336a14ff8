"""Find the check-ins that closed since a moment without reading all of two years."""

from alembic import op

revision = "0071"
down_revision = "0070"

INDEX = "ix_check_in_closed_at"


def upgrade() -> None:
    """Lead by when a check-in closed."""
    op.create_index(op.f(INDEX), "check_in", ["closed_at"])


def downgrade() -> None:
    """Read them all again."""
    op.drop_index(op.f(INDEX), table_name="check_in")
