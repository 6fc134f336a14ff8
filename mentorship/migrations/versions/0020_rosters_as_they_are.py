"""Rosters as they are: longer cycles, dated days, several shifts a day, free codes, and changes from a day on.

Down again, what the version before cannot hold goes: free codes, all shifts of a day but the earliest, rosters that are
dated or longer than it knows (whoever works by one is left without), and changes (the last one stays).
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

TIMES = "begins BETWEEN 0 AND 1439 AND ends > begins AND ends <= begins + 1440"
FREE_CODE = "begins IS NULL AND ends IS NULL"
FLAGS = (("repeats", sa.true()), ("runs_on", sa.false()), ("is_default", sa.false()))


def upgrade() -> None:
    """Widen the tables, and add the changes."""
    _reshape(longest=371, times=f"({FREE_CODE}) OR ({TIMES})", one_a_day=False)
    for name, default in FLAGS:
        op.add_column("roster", sa.Column(name, sa.Boolean(), server_default=default, nullable=False))
    op.create_index(
        "uq_roster_default",
        "roster",
        ["is_default"],
        unique=True,
        sqlite_where=sa.text("is_default"),
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "roster_change",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roster_change_person_id")),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_roster_change_roster_id")),
        sa.PrimaryKeyConstraint("person_id", "from_day", name=op.f("pk_roster_change")),
    )
    op.create_index(op.f("ix_roster_change_roster_id"), "roster_change", ["roster_id"])


def downgrade() -> None:
    """Take away what the tables were too narrow for."""
    last = (
        "SELECT roster_id FROM roster_change AS c WHERE c.person_id = work_time.person_id ORDER BY from_day DESC LIMIT 1"
    )
    op.execute(
        f"UPDATE work_time SET roster_id = ({last}) WHERE person_id IN (SELECT person_id FROM roster_change)"
    )
    op.drop_table("roster_change")
    too_much = "SELECT id FROM roster WHERE days > 105 OR NOT repeats"
    op.execute(f"UPDATE work_time SET roster_id = NULL WHERE roster_id IN ({too_much})")
    op.execute(f"DELETE FROM roster_day WHERE roster_id IN ({too_much})")
    op.execute(f"DELETE FROM roster WHERE id IN ({too_much})")
    op.execute(f"DELETE FROM roster_day WHERE shift_id IN (SELECT id FROM shift WHERE {FREE_CODE})")
    op.execute(f"DELETE FROM shift WHERE {FREE_CODE}")
    earlier = (
        "SELECT 1 FROM roster_day AS other JOIN shift AS s ON s.id = other.shift_id"
        " JOIN shift AS own ON own.id = roster_day.shift_id"
        " WHERE other.roster_id = roster_day.roster_id AND other.day = roster_day.day"
        " AND (s.begins < own.begins OR (s.begins = own.begins AND s.id < own.id))"
    )
    op.execute(f"DELETE FROM roster_day WHERE EXISTS ({earlier})")
    op.drop_index("uq_roster_default", "roster")
    for name, _default in FLAGS:
        op.drop_column("roster", name)
    _reshape(longest=105, times=TIMES, one_a_day=True)


def _reshape(*, longest: int, times: str, one_a_day: bool) -> None:
    if op.get_bind().dialect.name == "sqlite":
        _recreate(longest, times, one_a_day)
    else:
        _alter(longest, times, one_a_day)


def _alter(longest: int, times: str, one_a_day: bool) -> None:
    checks = (
        ("roster", "days", f"days BETWEEN 1 AND {longest}"),
        ("roster_day", "day", f"day BETWEEN 0 AND {longest - 1}"),
        ("shift", "times", times),
    )
    for table, name, condition in checks:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)
    for name in ("begins", "ends"):
        op.alter_column("shift", name, existing_type=sa.Integer(), nullable=not one_a_day)
    op.drop_constraint(op.f("pk_roster_day"), "roster_day", type_="primary")
    op.create_primary_key(op.f("pk_roster_day"), "roster_day", _key(one_a_day))


def _key(one_a_day: bool) -> list[str]:
    key = ["roster_id", "day"]
    return key if one_a_day else [*key, "shift_id"]


def _recreate(longest: int, times: str, one_a_day: bool) -> None:
    """SQLite changes a constraint in a new table only; what points at the old one stands aside meanwhile."""
    kept = {}
    for table in ("work_time", "roster_day", "roster", "shift"):
        kept[table] = f"kept_{table}"
        op.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}")
    op.execute("UPDATE work_time SET roster_id = NULL")
    for table in ("roster_day", "roster", "shift"):
        op.drop_table(table)
    _create(longest, times, one_a_day)
    for table in ("roster", "shift", "roster_day"):
        op.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")
    held = "SELECT roster_id FROM kept_work_time AS k WHERE k.person_id = work_time.person_id"
    op.execute(f"UPDATE work_time SET roster_id = ({held})")
    for name in kept.values():
        op.execute(f"DROP TABLE {name}")


def _create(longest: int, times: str, one_a_day: bool) -> None:
    op.create_table(
        "roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"days BETWEEN 1 AND {longest}", name=op.f("ck_roster_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("name", name=op.f("uq_roster_name")),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=not one_a_day),
        sa.Column("ends", sa.Integer(), nullable=not one_a_day),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.CheckConstraint(times, name=op.f("ck_shift_times")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint("code", name=op.f("uq_shift_code")),
    )
    op.create_table(
        "roster_day",
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"day BETWEEN 0 AND {longest - 1}", name=op.f("ck_roster_day_day")),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_roster_day_roster_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_roster_day_shift_id")),
        sa.PrimaryKeyConstraint(*_key(one_a_day), name=op.f("pk_roster_day")),
    )
    op.create_index(op.f("ix_roster_day_shift_id"), "roster_day", ["shift_id"])
