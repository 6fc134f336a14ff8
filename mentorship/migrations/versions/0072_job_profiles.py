"""Job profiles with the levels they ask, who works in which, and trainings outside."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"


def upgrade() -> None:
    """No job was written down so far."""
    op.create_table(
        "job_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("explanation", sa.String(200), nullable=False),
        sa.Column("explanation_en", sa.String(200), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_profile")),
        sa.UniqueConstraint("name", name=op.f("uq_job_profile_name")),
    )
    op.create_table(
        "job_level",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_job_level_level")),
        sa.ForeignKeyConstraint(["profile_id"], ["job_profile.id"], name=op.f("fk_job_level_profile_id_job_profile")),
        sa.ForeignKeyConstraint(["domain_id"], ["domain.id"], name=op.f("fk_job_level_domain_id_domain")),
        sa.PrimaryKeyConstraint("profile_id", "domain_id", name=op.f("pk_job_level")),
    )
    op.create_index(op.f("ix_job_level_domain_id"), "job_level", ["domain_id"])
    op.create_table(
        "job_held",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_job_held_person_id_person")),
        sa.ForeignKeyConstraint(["profile_id"], ["job_profile.id"], name=op.f("fk_job_held_profile_id_job_profile")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_job_held_set_by_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_job_held")),
    )
    op.create_index(op.f("ix_job_held_profile_id"), "job_held", ["profile_id"])
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("provider", sa.String(200), nullable=False),
        sa.Column("days", sa.Numeric(4, 1), nullable=False),
        sa.Column("basics", sa.Boolean(), nullable=False),
        sa.CheckConstraint("days > 0 AND days <= 200", name=op.f("ck_course_days")),
        sa.ForeignKeyConstraint(["domain_id"], ["domain.id"], name=op.f("fk_course_domain_id_domain")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
    )
    op.create_index(op.f("ix_course_domain_id"), "course", ["domain_id"])


def downgrade() -> None:
    """Forget what jobs ask, and who works in which."""
    for name in ("course", "job_held", "job_level", "job_profile"):
        op.drop_table(name)
