"""People sign in by their organisation's provider (OpenID Connect)."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Nobody did yet."""
    op.create_table(
        "provider_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_provider_link_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_provider_link")),
        sa.UniqueConstraint("issuer", "subject", name="uq_provider_link_subject"),
    )
    op.create_table(
        "provider_session",
        sa.Column("sign_in_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("sid", sa.String(255), nullable=False),
        sa.Column("id_token", sa.Text(), nullable=False),
        sa.Column("refresh_token", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        # the version before deletes sessions of long ago without knowing of this
        sa.ForeignKeyConstraint(
            ["sign_in_id"],
            ["sign_in.id"],
            name=op.f("fk_provider_session_sign_in_id_sign_in"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sign_in_id", name=op.f("pk_provider_session")),
    )
    op.create_index(op.f("ix_provider_session_subject"), "provider_session", ["subject"])
    op.create_index(op.f("ix_provider_session_sid"), "provider_session", ["sid"])
    op.create_table(
        "used_once",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_used_once")),
    )
    op.create_index(op.f("ix_used_once_until"), "used_once", ["until"])


def downgrade() -> None:
    """Let people sign in with passwords and codes alone."""
    op.drop_table("used_once")
    op.drop_table("provider_session")
    op.drop_table("provider_link")
