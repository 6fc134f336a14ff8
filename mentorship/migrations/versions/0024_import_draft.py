"""Exports that are looked at in the browser, and the imports there were."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "import_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("aside", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('reading', 'ready', 'taking')", name=op.f("ck_import_draft_state")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_import_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_draft")),
    )
    op.create_table(
        "import_draft_file",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["import_draft.id"],
            name=op.f("fk_import_draft_file_draft_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_id", "position", name=op.f("pk_import_draft_file")),
    )
    _add_taken_import()


def _add_taken_import() -> None:
    op.create_table(
        "taken_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("journal", sa.LargeBinary(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("origin IN ('browser', 'folder')", name=op.f("ck_taken_import_origin")),
        sa.CheckConstraint("outcome IN ('taken', 'rejected')", name=op.f("ck_taken_import_outcome")),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_taken_import_taken_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_taken_import_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_import")),
    )
    op.create_index(op.f("ix_taken_import_at"), "taken_import", ["at"])


def downgrade() -> None:
    """Take them off; drafts and the history are lost."""
    op.drop_index(op.f("ix_taken_import_at"), table_name="taken_import")
    op.drop_table("taken_import")
    op.drop_table("import_draft_file")
    op.drop_table("import_draft")
