"""The waiting list: a mentor asked for a place, a place that came free, and a training outside that is looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    """Nobody was asked for a place, and nothing came free, before somebody looks."""
    op.add_column("mentor_request", sa.Column("outside_on", sa.Date(), nullable=True))
    op.create_table(
        "place_asked",
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("gain", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.CheckConstraint("answer IN ('', 'place', 'not now')", name=op.f("ck_place_asked_answer")),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f("ck_place_asked_answered")),
        sa.CheckConstraint("waiting >= 0 AND gain >= 0", name=op.f("ck_place_asked_counts")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_place_asked_mentor_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["mentor_request.id"], name=op.f("fk_place_asked_request_id_mentor_request")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_place_asked_asked_by_person")),
        sa.PrimaryKeyConstraint("mentor_id", "request_id", name=op.f("pk_place_asked")),
    )
    op.create_index(op.f("ix_place_asked_request_id"), "place_asked", ["request_id"])
    op.create_table(
        "free_place",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.CheckConstraint("places >= 0 AND waiting >= 0", name=op.f("ck_free_place_counts")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_free_place_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_free_place")),
    )


def downgrade() -> None:
    """Forget who was asked."""
    op.drop_table("free_place")
    op.drop_table("place_asked")
    op.drop_column("mentor_request", "outside_on")
