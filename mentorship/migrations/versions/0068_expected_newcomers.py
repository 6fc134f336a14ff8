"""How many newcomers are expected, by month, site and domain."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"

TABLE = "expected_newcomers"


def upgrade() -> None:
    """Nobody was expected so far."""
    op.create_table(
        TABLE,
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 999", name=op.f(f"ck_{TABLE}_number")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f(f"fk_{TABLE}_site_id_site")),
        sa.ForeignKeyConstraint(["domain_id"], ["domain.id"], name=op.f(f"fk_{TABLE}_domain_id_domain")),
        sa.PrimaryKeyConstraint("month", "site_id", "domain_id", name=op.f(f"pk_{TABLE}")),
    )


def downgrade() -> None:
    """Forget whom one expected."""
    op.drop_table(TABLE)
