"""People without a phone of their own answer on a shared tablet, by a card and a PIN."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """There is no tablet yet, and nobody has a card."""
    op.create_table(
        "tablet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=True),
        sa.Column("code_until", MOMENT, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_tablet_site_id_site")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_tablet_made_by_id_person")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_tablet_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_tablet_token_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablet")),
    )
    op.create_table(
        "tablet_card",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("pin_hash", sa.String(400), nullable=False, server_default=""),
        sa.Column("pin_set_at", MOMENT, nullable=True),
        sa.Column("code_by_id", sa.Integer(), nullable=True),
        sa.Column("wrong", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tablet_card_person_id_person")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_tablet_card_made_by_id_person")),
        sa.ForeignKeyConstraint(["code_by_id"], ["person.id"], name=op.f("fk_tablet_card_code_by_id_person")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_tablet_card_secret_hash")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_tablet_card")),
    )
    with op.batch_alter_table("sign_in") as batch:
        batch.add_column(sa.Column("tablet_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_sign_in_tablet_id_tablet"), "tablet", ["tablet_id"], ["id"])
    op.create_index(op.f("ix_sign_in_tablet_id"), "sign_in", ["tablet_id"])


def downgrade() -> None:
    """Sign everybody out of the tablets, or the version before would let them in everywhere."""
    op.execute("DELETE FROM sign_in WHERE tablet_id IS NOT NULL")
    op.drop_index(op.f("ix_sign_in_tablet_id"), "sign_in")
    with op.batch_alter_table("sign_in") as batch:
        batch.drop_constraint(op.f("fk_sign_in_tablet_id_tablet"), type_="foreignkey")
        batch.drop_column("tablet_id")
    op.drop_table("tablet_card")
    op.drop_table("tablet")
