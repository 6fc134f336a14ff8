"""Waiting counts in a round: what each published round without a mentor adds to what matching a request is worth."""

from alembic import op

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    """Rounds of before count nothing for it; nor does a programme that was agreed to, until that is agreed to."""
    for table, counted in (("programme", "0.02"), ("round", "0")):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN waiting FLOAT NOT NULL DEFAULT {counted} "
            f"CONSTRAINT ck_{table}_waiting CHECK (waiting >= 0 AND waiting <= 0.1)"
        )
    op.execute("ALTER TABLE mentor_request ADD COLUMN waited INTEGER NOT NULL DEFAULT 0")
    op.execute(
        "UPDATE mentor_request SET waited = (SELECT count(*) FROM round_unmatched u JOIN round r ON r.id = u.round_id "
        "WHERE r.published_at IS NOT NULL AND u.request_id = mentor_request.id)"
    )
    op.execute("UPDATE programme SET waiting = 0 WHERE EXISTS (SELECT 1 FROM consent)")


def downgrade() -> None:
    """Let waiting count nothing again."""
    op.drop_column("mentor_request", "waited")
    for table in ("round", "programme"):
        op.drop_column(table, "waiting")
