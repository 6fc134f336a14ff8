"""Where people want to grow to, which training courses they followed, and what builds on what."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"


def upgrade() -> None:
    """Nobody chose a direction so far, and no domain builds on another."""
    op.create_table(
        "path_chosen",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_path_chosen_person_id_person")),
        sa.ForeignKeyConstraint(["profile_id"], ["job_profile.id"], name=op.f("fk_path_chosen_profile_id_job_profile")),
        sa.PrimaryKeyConstraint("person_id", "profile_id", name=op.f("pk_path_chosen")),
    )
    op.create_index(op.f("ix_path_chosen_profile_id"), "path_chosen", ["profile_id"])
    op.create_table(
        "course_followed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("followed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_course_followed_person_id_person")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_followed_course_id_course")),
        sa.PrimaryKeyConstraint("person_id", "course_id", name=op.f("pk_course_followed")),
    )
    op.create_index(op.f("ix_course_followed_course_id"), "course_followed", ["course_id"])
    op.create_table(
        "builds_on",
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("domain_id <> base_id", name=op.f("ck_builds_on_another")),
        sa.ForeignKeyConstraint(["domain_id"], ["domain.id"], name=op.f("fk_builds_on_domain_id_domain")),
        sa.ForeignKeyConstraint(["base_id"], ["domain.id"], name=op.f("fk_builds_on_base_id_domain")),
        sa.PrimaryKeyConstraint("domain_id", "base_id", name=op.f("pk_builds_on")),
    )
    op.create_index(op.f("ix_builds_on_base_id"), "builds_on", ["base_id"])


def downgrade() -> None:
    """Forget where people want to grow to."""
    for name in ("builds_on", "course_followed", "path_chosen"):
        op.drop_table(name)
