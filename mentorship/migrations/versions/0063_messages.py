"""Messages of a coordinator to a selection, texts kept to write them with, and a topic of mail that may be refused."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
MOMENT = sa.DateTime(timezone=True)
TOPIC = "topic IN ('duo', 'reminder', 'overview')"
TOPICS = "topic IN ('duo', 'reminder', 'overview', 'message')"
PREFERENCES = sa.table("mail_preference", sa.column("topic", sa.String))


def _words() -> list[sa.Column[str]]:
    return [
        sa.Column("subject_nl", sa.String(120), nullable=False),
        sa.Column("body_nl", sa.String(), nullable=False),
        sa.Column("subject_en", sa.String(120), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
    ]


def upgrade() -> None:
    """Nothing was written yet; who wants which mail stays as it was."""
    op.create_table(
        "kept_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        *_words(),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_text")),
        sa.UniqueConstraint("name", name=op.f("uq_kept_text_name")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("selection", sa.String(20), nullable=False),
        *_words(),
        sa.Column("leads", sa.String(20), nullable=False),
        sa.Column("fewest", sa.Integer(), server_default="1", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint("selection IN ('people', 'pairs', 'proposals')", name=op.f("ck_message_selection")),
        sa.CheckConstraint("leads IN ('today', 'pairs', 'profile', 'message')", name=op.f("ck_message_leads")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_message_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_by_id"), "message", ["by_id"])
    op.create_table(
        "message_recipient",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_recipient_message_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_recipient_person_id")),
        sa.PrimaryKeyConstraint("message_id", "person_id", name=op.f("pk_message_recipient")),
    )
    op.create_index(op.f("ix_message_recipient_person_id"), "message_recipient", ["person_id"])
    _topics(TOPICS)


def downgrade() -> None:
    """What was written is forgotten, and what of it still waits is not sent; the version before knows three topics."""
    op.execute("DELETE FROM outbox WHERE kind = 'message'")
    op.execute(sa.delete(PREFERENCES).where(PREFERENCES.c.topic == "message"))
    _topics(TOPIC)
    op.drop_table("message_recipient")
    op.drop_table("message")
    op.drop_table("kept_text")


def _topics(known: str) -> None:
    with op.batch_alter_table("mail_preference") as batch:
        batch.drop_constraint(op.f("ck_mail_preference_topic"), type_="check")
        batch.create_check_constraint(op.f("ck_mail_preference_topic"), known)
