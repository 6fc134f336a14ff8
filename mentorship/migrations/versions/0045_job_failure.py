"""What failed last of the timed work is kept, and a verb is found in the audit log without reading all of it."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Nothing is known to have failed."""
    op.create_table(
        "job_failure",
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_job_failure")),
    )
    op.create_index("ix_audit_verb", "audit", ["verb", "at", "id"])


def downgrade() -> None:
    """Forget what failed; read the whole log for a verb."""
    op.drop_index("ix_audit_verb", table_name="audit")
    op.drop_table("job_failure")
