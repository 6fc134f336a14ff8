"""Kinds of certificate, who has which until when, and requests that ask for a practice trainer."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"

BEFORE = "rule IN ('expertise', 'line', 'language', 'site', 'meeting')"
AFTER = "rule IN ('expertise', 'trainer', 'line', 'language', 'site', 'meeting')"


def upgrade() -> None:
    """No certificate was written down so far, and no request asks for one."""
    op.add_column("mentor_request", sa.Column("trainer", sa.Boolean(), nullable=False, server_default=sa.false()))
    _allow(BEFORE, AFTER)
    _kinds()
    _certificates()


def _kinds() -> None:
    op.create_table(
        "certificate_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("entitles", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("months BETWEEN 1 AND 240", name=op.f("ck_certificate_kind_months")),
        sa.ForeignKeyConstraint(["domain_id"], ["domain.id"], name=op.f("fk_certificate_kind_domain_id_domain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_kind")),
        sa.UniqueConstraint("name", name=op.f("uq_certificate_kind_name")),
    )
    op.create_index(op.f("ix_certificate_kind_domain_id"), "certificate_kind", ["domain_id"])


def _certificates() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("got_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on > got_on", name=op.f("ck_certificate_days")),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)",
            name=op.f("ck_certificate_confirmed"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_person_id_person")),
        sa.ForeignKeyConstraint(
            ["kind_id"],
            ["certificate_kind.id"],
            name=op.f("fk_certificate_kind_id_certificate_kind"),
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_certificate_noted_by_person")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_certificate_confirmed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("person_id", "kind_id", "got_on", name=op.f("uq_certificate_person_id")),
    )
    for column in ("person_id", "kind_id", "ends_on"):
        op.create_index(op.f(f"ix_certificate_{column}"), "certificate", [column])


def downgrade() -> None:
    """Forget who has which certificate, and that a request asked for one."""
    for name in ("certificate", "certificate_kind"):
        op.drop_table(name)
    op.execute("DELETE FROM failing_rule WHERE rule = 'trainer'")
    _allow(AFTER, BEFORE)
    op.drop_column("mentor_request", "trainer")


def _allow(before: str, after: str) -> None:
    """Let a running pair fail other rules than before."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_failing_rule_rule"), "failing_rule", type_="check")
        op.create_check_constraint(op.f("ck_failing_rule_rule"), "failing_rule", after)
        return
    stated = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'failing_rule'")
    before_it = op.get_bind().execute(stated).scalar_one()
    renamed, made = re.subn(r'^CREATE TABLE "?failing_rule"?', "CREATE TABLE failing_rule_anew", before_it)
    assert made == 1 and before in renamed, before_it
    op.execute(renamed.replace(before, after))
    op.execute("INSERT INTO failing_rule_anew SELECT * FROM failing_rule")
    op.execute("DROP TABLE failing_rule")
    op.execute("ALTER TABLE failing_rule_anew RENAME TO failing_rule")
