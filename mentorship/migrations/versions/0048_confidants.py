"""A confidant for each site, with a stand-in; the one of the whole organisation stays where the version before looks."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"

FILLED = (
    "INSERT INTO confidant (person_id) SELECT person.id FROM person, check_in_settings"
    " WHERE check_in_settings.confidant <> '' AND person.number = check_in_settings.confidant"
    " AND person.left_on IS NULL"
)


def upgrade() -> None:
    """Who was the confidant is that of the whole organisation."""
    op.create_table(
        "confidant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("stand_in_from", sa.Date(), nullable=True),
        sa.Column("stand_in_until", sa.Date(), nullable=True),
        sa.CheckConstraint("stand_in_id IS NULL OR stand_in_id <> person_id", name=op.f("ck_confidant_another")),
        sa.CheckConstraint(
            "stand_in_id IS NULL OR (stand_in_from IS NOT NULL AND stand_in_until IS NOT NULL)",
            name=op.f("ck_confidant_whole"),
        ),
        sa.CheckConstraint("stand_in_until >= stand_in_from", name=op.f("ck_confidant_days")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_confidant_site_id_site")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_confidant_person_id_person")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["person.id"], name=op.f("fk_confidant_stand_in_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confidant")),
        sa.UniqueConstraint("site_id", name=op.f("uq_confidant_site_id")),
    )
    op.create_index(op.f("ix_confidant_person_id"), "confidant", ["person_id"])
    op.create_index(op.f("ix_confidant_stand_in_id"), "confidant", ["stand_in_id"])
    op.execute(FILLED)


def downgrade() -> None:
    """The number of who is asked by everybody was kept all along."""
    op.drop_table("confidant")
