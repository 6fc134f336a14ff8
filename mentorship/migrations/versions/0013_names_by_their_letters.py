"""Names by their letters: what lists sort by and searches look in, filled for everybody who is here.

The version before writes people without it while both run; their next import fills it in.
"""

import sqlalchemy as sa
from alembic import op

from mentorship.base.letters import folded

revision = "0013"
down_revision = "0012"

# letter by letter on PostgreSQL too, whatever the language of the server
KEY = sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql")
PERSON = sa.table(
    "person",
    sa.column("id", sa.Integer),
    sa.column("number", sa.String),
    sa.column("given_name", sa.String),
    sa.column("infix", sa.String),
    sa.column("family_name", sa.String),
    sa.column("sort_key", sa.String),
)


def upgrade() -> None:
    """Add the column and fill it in."""
    op.add_column("person", sa.Column("sort_key", KEY, server_default="", nullable=False))
    connection = op.get_bind()
    rows = []
    for person in connection.execute(sa.select(PERSON)).all():
        parts = (person.family_name, person.given_name, person.infix, person.number)
        key = "\t".join(folded(part) for part in parts)
        rows.append({"person_id": person.id, "key": key[:400]})
    if rows:
        found = PERSON.c.id == sa.bindparam("person_id")
        connection.execute(sa.update(PERSON).where(found).values(sort_key=sa.bindparam("key")), rows)
    op.create_index(op.f("ix_person_sort_key"), "person", ["sort_key"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_person_sort_key"), "person")
    op.drop_column("person", "sort_key")
