"""HR becomes a role that somebody can hold."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

BEFORE = "junior", "senior", "manager", "coordinator", "admin"
AFTER = "junior", "senior", "manager", "coordinator", "hr", "admin"


def upgrade() -> None:
    """Let the role be held."""
    _hold(AFTER)


def downgrade() -> None:
    """Take it from who holds it, and let nobody hold it any more."""
    op.execute("DELETE FROM person_role WHERE role = 'hr'")
    _hold(BEFORE)


def _hold(roles: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{role}'" for role in roles)
    allowed = f"role IN ({listed})"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_person_role_role"), "person_role", type_="check")
        op.create_check_constraint(op.f("ck_person_role_role"), "person_role", allowed)
        return
    # SQLite changes no constraint: make the table anew, which nothing points at
    op.execute("ALTER TABLE person_role RENAME TO person_role_before")
    op.create_table(
        "person_role",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(allowed, name=op.f("ck_person_role_role")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_role_person_id")),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_person_role")),
    )
    op.execute("INSERT INTO person_role SELECT person_id, role FROM person_role_before")
    op.execute("DROP TABLE person_role_before")
