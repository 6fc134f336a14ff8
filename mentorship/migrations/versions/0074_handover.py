"""Handover plans: what somebody who leaves passes on, to whom, by when, and where it is written down."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"


def upgrade() -> None:
    """Nobody had a plan so far."""
    op.create_table(
        "handover_plan",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_handover_plan_person_id_person")),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_handover_plan_started_by_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_handover_plan")),
    )
    op.create_table(
        "handover_piece",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("stepped_on", sa.Date(), nullable=True),
        sa.CheckConstraint("position >= 1", name=op.f("ck_handover_piece_position")),
        sa.CheckConstraint("step BETWEEN 0 AND 3", name=op.f("ck_handover_piece_step")),
        sa.CheckConstraint(
            "receiver_id IS NULL OR receiver_id <> person_id", name=op.f("ck_handover_piece_two_people")
        ),
        sa.CheckConstraint("step < 3 OR place <> ''", name=op.f("ck_handover_piece_place")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_handover_piece_person_id_person")),
        sa.ForeignKeyConstraint(["domain_id"], ["domain.id"], name=op.f("fk_handover_piece_domain_id_domain")),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_handover_piece_receiver_id_person")),
        sa.PrimaryKeyConstraint("person_id", "domain_id", name=op.f("pk_handover_piece")),
    )
    op.create_index(op.f("ix_handover_piece_domain_id"), "handover_piece", ["domain_id"])
    op.create_index(op.f("ix_handover_piece_receiver_id"), "handover_piece", ["receiver_id"])


def downgrade() -> None:
    """Forget what was planned to be passed on."""
    for name in ("handover_piece", "handover_plan"):
        op.drop_table(name)
