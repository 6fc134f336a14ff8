"""The yearly pulse: its waves, whom the open one asks, what came in, and what is kept of closed ones."""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"

EMPTY = """
CREATE FUNCTION empty_pulse_buffer() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS 'TRUNCATE pulse_buffer'
"""
"""By the right of whoever owns the table: the role that the service works with may not truncate."""


def upgrade() -> None:
    """There was no pulse so far. SQLite keeps three of the tables by their key alone, without the order of coming in."""
    op.create_table(
        "pulse_wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("grouping", sa.String(10), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("asks", sa.String(64), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_pulse_wave_days")),
        sa.CheckConstraint("grouping IN ('role', 'none')", name=op.f("ck_pulse_wave_grouping")),
        sa.CheckConstraint("invited >= answered AND answered >= 0", name=op.f("ck_pulse_wave_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_wave")),
        sa.UniqueConstraint("opens_on", name=op.f("uq_pulse_wave_opens_on")),
    )
    op.create_table(
        "pulse_invited",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("grouped", sa.String(10), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["pulse_wave.id"], name=op.f("fk_pulse_invited_wave_id_pulse_wave")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pulse_invited_person_id_person")),
        sa.PrimaryKeyConstraint("wave_id", "person_id", name=op.f("pk_pulse_invited")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_pulse_invited_person_id"), "pulse_invited", ["person_id"])
    op.create_table(
        "pulse_buffer",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("grouped", sa.String(10), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["pulse_wave.id"], name=op.f("fk_pulse_buffer_wave_id_pulse_wave")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pulse_buffer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pulse_slip",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(20), nullable=False),
        sa.Column("grouped", sa.String(10), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["pulse_wave.id"], name=op.f("fk_pulse_slip_wave_id_pulse_wave")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pulse_slip")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(EMPTY)


def downgrade() -> None:
    """Forget the pulse, and what it came to."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION empty_pulse_buffer()")
    for name in ("pulse_slip", "pulse_buffer", "pulse_invited", "pulse_wave"):
        op.drop_table(name)
