"""From which figure on the risk of a domain is called moderate, high and very high, as settings."""

from alembic import op

revision = "0078"
down_revision = "0077"

COLUMNS = (
    ("risk_very_high", 16, ""),
    ("risk_high", 10, "risk_high < risk_very_high AND risk_very_high <= 25"),
    ("risk_moderate", 5, "risk_moderate > 1 AND risk_moderate < risk_high"),
)
"""By name, what held as a constant until now, and the rule; each rule names what was added before."""


def upgrade() -> None:
    """What held as constants holds as settings."""
    for name, begins, rule in COLUMNS:
        check = f" CONSTRAINT ck_programme_{name} CHECK ({rule})" if rule else ""
        op.execute(f"ALTER TABLE programme ADD COLUMN {name} INTEGER NOT NULL DEFAULT {begins}{check}")


def downgrade() -> None:
    """What was set is gone; the version before counts with 16, 10 and 5."""
    for name, _begins, _rule in reversed(COLUMNS):
        op.drop_column("programme", name)
