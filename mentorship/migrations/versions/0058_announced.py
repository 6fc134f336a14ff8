"""A round can be announced before it is published: managers may object, and name who stands in for them."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"

MOMENT = sa.DateTime(timezone=True)
BEFORE = "status IN ('draft', 'solving', 'solved', 'published', 'closed')"
AFTER = "status IN ('draft', 'solving', 'solved', 'announced', 'published', 'closed')"
PARTS = "round_pair", "round_unmatched", "round_override"


def upgrade() -> None:
    """Rounds of before were published at once; so is what was agreed to, until something else is."""
    _allow(BEFORE, AFTER)
    op.add_column("round", sa.Column("announced_at", MOMENT))
    op.add_column("round", sa.Column("objections_until", MOMENT))
    op.add_column("round", sa.Column("solve_again", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "ALTER TABLE programme ADD COLUMN objection_days INTEGER NOT NULL DEFAULT 5 "
        "CONSTRAINT ck_programme_objection_days CHECK (objection_days BETWEEN 0 AND 20)"
    )
    op.execute("UPDATE programme SET objection_days = 0 WHERE EXISTS (SELECT 1 FROM consent)")
    _announced_pairs()
    _objections()
    _stand_ins()


def _announced_pairs() -> None:
    op.create_table(
        "announced_pair",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("announced_at", MOMENT, nullable=False),
        sa.Column("objections_until", MOMENT, nullable=False),
        _pointing("announced_pair", "round_id", "round.id", ondelete="CASCADE"),
        _pointing("announced_pair", "request_id", "mentor_request.id"),
        _pointing("announced_pair", "mentor_id", "person.id"),
        sa.PrimaryKeyConstraint("round_id", "request_id", "mentor_id", name=op.f("pk_announced_pair")),
    )
    op.create_index(op.f("ix_announced_pair_mentor_id"), "announced_pair", ["mentor_id"])


def _objections() -> None:
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer()),
        sa.Column("mentorship_id", sa.Integer()),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer()),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("objected_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "reason IN ('', 'not_in_planning', 'other_project', 'too_much', 'better_other')",
            name=op.f("ck_objection_reason"),
        ),
        sa.CheckConstraint("(round_id IS NULL) <> (mentorship_id IS NULL)", name=op.f("ck_objection_one")),
        _pointing("objection", "round_id", "round.id", ondelete="CASCADE"),
        _pointing("objection", "mentorship_id", "mentorship.id", ondelete="CASCADE"),
        _pointing("objection", "request_id", "mentor_request.id"),
        _pointing("objection", "mentor_id", "person.id"),
        _pointing("objection", "manager_id", "person.id"),
        _pointing("objection", "by_id", "person.id"),
        sa.UniqueConstraint("round_id", "request_id", "mentor_id", "manager_id", name=op.f("uq_objection_round_id")),
        sa.UniqueConstraint("mentorship_id", "manager_id", name=op.f("uq_objection_mentorship_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    for column in ("mentor_id", "manager_id"):
        op.create_index(op.f(f"ix_objection_{column}"), "objection", [column])


def _stand_ins() -> None:
    op.create_table(
        "stand_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("named_by_id", sa.Integer()),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.CheckConstraint("stand_in_id <> person_id", name=op.f("ck_stand_in_another")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_stand_in_days")),
        _pointing("stand_in", "person_id", "person.id"),
        _pointing("stand_in", "stand_in_id", "person.id"),
        _pointing("stand_in", "named_by_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_in")),
    )
    for column in ("person_id", "stand_in_id", "last_day"):
        op.create_index(op.f(f"ix_stand_in_{column}"), "stand_in", [column])


def _pointing(table: str, column: str, at: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [at], name=name, ondelete=ondelete)


def downgrade() -> None:
    """What was announced is solved again; what managers said to it, and who stood in, is forgotten."""
    for table in ("stand_in", "objection", "announced_pair"):
        op.drop_table(table)
    op.drop_column("programme", "objection_days")
    for column in ("solve_again", "objections_until", "announced_at"):
        op.drop_column("round", column)
    op.execute("UPDATE round SET status = 'solved' WHERE status = 'announced'")
    _allow(AFTER, BEFORE)


def _allow(before: str, after: str) -> None:
    """Let rounds stand otherwise than before."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_round_status"), "round", type_="check")
        op.create_check_constraint(op.f("ck_round_status"), "round", after)
        return
    _make_anew(before, after)


def _make_anew(before: str, after: str) -> None:
    """Copy the table into one with the other constraint: SQLite changes none, and what points at it goes with it."""
    connection = op.get_bind()
    of_round = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'round'")
    stated = connection.execute(of_round).scalar_one()
    renamed, made = re.subn(r'^CREATE TABLE "?round"?', "CREATE TABLE round_anew", stated)
    assert made == 1 and before in renamed, stated
    for part in PARTS:
        op.execute(f"CREATE TEMPORARY TABLE {part}_kept AS SELECT * FROM {part}")
    op.execute(renamed.replace(before, after))
    op.execute("INSERT INTO round_anew SELECT * FROM round")
    op.execute("DROP TABLE round")
    op.execute("ALTER TABLE round_anew RENAME TO round")
    for part in PARTS:
        op.execute(f"INSERT INTO {part} SELECT * FROM {part}_kept")
        op.execute(f"DROP TABLE {part}_kept")
