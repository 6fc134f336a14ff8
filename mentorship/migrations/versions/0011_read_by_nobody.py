"""Columns that were written and read by nobody may stay empty; a mentor's promise that was answered.

The version before still writes these columns while both run, so they are not dropped yet: they need no value any more,
and the version after this one drops them (`mentorship.migrations.retired` lists them). Those that were empty at times
already (`capacity.confirmed_by`, `capacity.confirmed_at`, `round.created_by`, `round.closed_at`) stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

MOMENT = sa.DateTime(timezone=True)
NOW = "CURRENT_TIMESTAMP"
JUNIOR = "(SELECT junior_id FROM mentorship WHERE mentorship.id = goal.mentorship_id)"

MOMENTS = (("account", "changed_at"), ("closing_word", "said_at"), ("question_set", "made_at"))


def upgrade() -> None:
    """Let them be empty; add the hours promised when a manager last answered: so far what they confirmed."""
    for table, column in MOMENTS:
        _moment(table, column, required=False)
    _made_by(required=False)
    op.add_column("capacity", sa.Column("answered_hours", sa.Numeric(4, 2), nullable=True))
    op.execute("UPDATE capacity SET answered_hours = confirmed_hours")


def downgrade() -> None:
    """Fill them in again, with the moment of this and with the junior, and take the hours off."""
    op.drop_column("capacity", "answered_hours")
    op.execute(f"UPDATE goal SET made_by = {JUNIOR} WHERE made_by IS NULL")
    _made_by(required=True)
    for table, column in MOMENTS:
        op.execute(f"UPDATE {table} SET {column} = {NOW} WHERE {column} IS NULL")
        _moment(table, column, required=True)


def _moment(table: str, column: str, *, required: bool) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(table, column, existing_type=MOMENT, nullable=not required)
        return
    # SQLite changes no column; made anew, a table that others point at would take their rows along
    kind = "DATETIME NOT NULL DEFAULT ''" if required else "DATETIME"
    op.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO {column}_before")
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    op.execute(f"UPDATE {table} SET {column} = {column}_before")
    op.execute(f"ALTER TABLE {table} DROP COLUMN {column}_before")


def _made_by(*, required: bool) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("goal", "made_by", existing_type=sa.Integer(), nullable=not required)
        return
    # a column that points at people cannot be dropped either: make the table anew, and put its rows back before the
    # end of the transaction, when SQLite looks whether each claim finds its goal
    connection = op.get_bind()
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = 'goal' AND sql IS NOT NULL ORDER BY type DESC"
    table, *indexes = connection.exec_driver_sql(made).scalars().all()
    wanted = "made_by INTEGER NOT NULL" if required else "made_by INTEGER"
    changed = table.replace("made_by INTEGER NOT NULL", "made_by INTEGER").replace("made_by INTEGER", wanted)
    statements = (
        "PRAGMA defer_foreign_keys = ON",
        "CREATE TABLE goal_before AS SELECT * FROM goal",
        "DROP TABLE goal",
        changed,
        "INSERT INTO goal SELECT * FROM goal_before",
        "DROP TABLE goal_before",
        *indexes,
    )
    for statement in statements:
        connection.exec_driver_sql(statement)
