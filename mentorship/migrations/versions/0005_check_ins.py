"""Two-sided check-ins: questions with versions, what was asked and answered, signals, and their settings."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

QUESTIONS = {
    "junior": [
        ("progress", "Ik ga vooruit in wat ik wilde leren.", "I make progress in what I wanted to learn."),
        ("own_work", "Ik mag het werk zelf doen.", "I get to do the work myself."),
        ("somebody_there", "Loop ik vast, dan is er iemand.", "When I get stuck, somebody is there."),
        ("working_hours", "Ik krijg er onder werktijd tijd voor.", "I get time for it in working hours."),
        (
            "not_alone",
            "Ik sta niet alleen voor werk dat ik nog niet aankan.",
            "I am not left alone with work I cannot handle yet.",
        ),
        ("dare_to_ask", "Ik durf alles te vragen.", "I dare to ask anything."),
    ],
    "mentor": [
        ("hours_free", "De afgesproken uren waren echt vrij.", "The agreed hours were really free."),
        ("own_job", "Begeleiden ging samen met mijn eigen werk.", "Guiding went together with my own work."),
        ("pace", "Het tempo naar zelfstandig werken klopt.", "The pace towards working alone is right."),
        ("go_on", "Op deze manier kan ik ermee door.", "I can go on like this."),
    ],
}


def upgrade() -> None:
    """Create the tables and the first set of questions."""
    settings = op.create_table(
        "check_in_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("confidant", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_check_in_settings_single")),
        sa.CheckConstraint("days BETWEEN 10 AND 42", name=op.f("ck_check_in_settings_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_settings")),
    )
    op.bulk_insert(settings, [{"id": 1, "running": True, "days": 14, "confidant": "", "version": 1}])
    sets = op.create_table(
        "question_set",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
    )
    keys = ("key", "nl", "en")
    first = {side: [dict(zip(keys, row, strict=True)) for row in rows] for side, rows in QUESTIONS.items()}
    made = datetime(2026, 1, 1, tzinfo=UTC)
    op.bulk_insert(sets, [{"made_at": made, "questions": first}])
    _check_in()
    _signal()


def _check_in() -> None:
    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("note_shared", sa.Boolean(), nullable=False),
        sa.Column("help_from", sa.JSON(), nullable=False),
        sa.CheckConstraint("side IN ('junior', 'mentor')", name=op.f("ck_check_in_side")),
        sa.CheckConstraint("status IN ('open', 'answered', 'skipped', 'missed')", name=op.f("ck_check_in_status")),
        sa.CheckConstraint("(status = 'open') = (closed_at IS NULL)", name=op.f("ck_check_in_closed")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_check_in_mentorship_id_mentorship")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_check_in_person_id_person")),
        sa.ForeignKeyConstraint(["set_id"], ["question_set.id"], name=op.f("fk_check_in_set_id_question_set")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("mentorship_id", "side", "due_on", name=op.f("uq_check_in_mentorship_id")),
    )
    op.create_index(op.f("ix_check_in_mentorship_id"), "check_in", ["mentorship_id"])
    op.create_index("ix_check_in_person", "check_in", ["person_id", "status"])
    op.create_table(
        "check_in_answer",
        sa.Column("check_in_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.CheckConstraint("value IS NULL OR value BETWEEN 1 AND 5", name=op.f("ck_check_in_answer_value")),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_check_in_answer_check_in_id_check_in"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("check_in_id", "key", name=op.f("pk_check_in_answer")),
    )


def _signal() -> None:
    op.create_table(
        "signal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentorship_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("outcome", sa.String(length=500), nullable=False),
        sa.Column("look_again_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("side IN ('junior', 'mentor', 'both')", name=op.f("ck_signal_side")),
        sa.CheckConstraint("status IN ('open', 'taken', 'done')", name=op.f("ck_signal_status")),
        sa.CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name=op.f("ck_signal_done")),
        sa.ForeignKeyConstraint(["mentorship_id"], ["mentorship.id"], name=op.f("fk_signal_mentorship_id_mentorship")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_signal_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
        sa.UniqueConstraint(
            "mentorship_id", "kind", "side", "about", "since", name=op.f("uq_signal_mentorship_id")
        ),
    )
    op.create_index(op.f("ix_signal_mentorship_id"), "signal", ["mentorship_id"])
    op.create_index(op.f("ix_signal_owner_id"), "signal", ["owner_id"])
    op.create_index("ix_signal_status", "signal", ["status"])


def downgrade() -> None:
    """Drop the tables and the settings."""
    op.drop_table("signal")
    op.drop_table("check_in_answer")
    op.drop_table("check_in")
    op.drop_table("question_set")
    op.drop_table("check_in_settings")
