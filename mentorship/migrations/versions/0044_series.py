"""Questions have a scale and belong to a series; a check-in keeps which of them it asks; two rhythms of asking."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"

SETS = sa.table(
    "question_set",
    sa.column("id", sa.Integer),
    sa.column("questions", sa.JSON),
    sa.column("series", sa.Integer),
)


def upgrade() -> None:
    """Number the series of the versions there are: a changed word begins a new one."""
    op.add_column("question_set", sa.Column("scale", sa.JSON(), nullable=True))
    op.add_column("question_set", sa.Column("series", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("check_in", sa.Column("asked", sa.JSON(), nullable=True))
    with op.batch_alter_table("check_in_settings") as batch:
        batch.add_column(sa.Column("later_days", sa.Integer(), nullable=False, server_default="28"))
        batch.create_check_constraint(op.f("ck_check_in_settings_later_days"), "later_days BETWEEN 10 AND 42")
    _number()


def _number() -> None:
    connection = op.get_bind()
    before = None
    series = 0
    for set_id, questions in connection.execute(sa.select(SETS.c.id, SETS.c.questions).order_by(SETS.c.id)).all():
        words = {side: sorted(tuple(sorted(one.items())) for one in asked) for side, asked in questions.items()}
        if words != before:
            series += 1
            before = words
        connection.execute(sa.update(SETS).where(SETS.c.id == set_id).values(series=series))


def downgrade() -> None:
    """Ask every question in one rhythm; what was answered in other words stands under those of before."""
    with op.batch_alter_table("check_in_settings") as batch:
        batch.drop_constraint(op.f("ck_check_in_settings_later_days"), type_="check")
        batch.drop_column("later_days")
    op.drop_column("check_in", "asked")
    op.drop_column("question_set", "series")
    op.drop_column("question_set", "scale")
