"""What was agreed is kept as it was shown, and what changes waits until it is agreed to."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"

SCALE = (
    {"nl": "helemaal niet", "en": "not at all"},
    {"nl": "nauwelijks", "en": "hardly"},
    {"nl": "een beetje", "en": "somewhat"},
    {"nl": "meestal", "en": "mostly"},
    {"nl": "helemaal", "en": "entirely"},
)
"""The answers of a version of the questions that keeps none of its own."""


def upgrade() -> None:
    """Take over what was agreed where everything was arranged: as it stands at this moment."""
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("dpia_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.Column("urgent", sa.JSON(), nullable=False),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_table(
        "consent_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_consent_proposal_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_proposal")),
    )
    _take_over(op.get_bind())


def _take_over(bind: sa.Connection) -> None:
    programme = sa.table(
        "programme",
        *_columns("visibility", "floor", "spread", "notes_months", "answers_months", "pairs_months"),
        sa.column("weights", sa.JSON()),
        sa.column("works_council_on", sa.Date()),
        sa.column("no_works_council", sa.Boolean()),
        sa.column("dpia_on", sa.Date()),
    )
    questions = sa.table(
        "question_set",
        *_columns("id"),
        sa.column("questions", sa.JSON()),
        sa.column("scale", sa.JSON()),
    )
    asking = sa.table("check_in_settings", *_columns("days", "later_days"))
    settings = bind.execute(sa.select(programme)).mappings().one()
    arranged = settings["works_council_on"] is not None or settings["no_works_council"]
    if not arranged or settings["dpia_on"] is None or settings["visibility"] is None:
        return
    newest = sa.select(questions).order_by(questions.c.id.desc()).limit(1)
    asked = bind.execute(newest).mappings().one()
    snapshot = dict(bind.execute(sa.select(asking)).mappings().one())
    snapshot["questions"] = asked["questions"]
    snapshot["scale"] = asked["scale"] or list(SCALE)
    for name in ("visibility", "weights", "floor", "spread", "notes_months", "answers_months", "pairs_months"):
        snapshot[name] = settings[name]
    text = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    consent = sa.table(
        "consent",
        *_columns("hash", "reference", "taken_over"),
        sa.column("snapshot", sa.JSON()),
        sa.column("urgent", sa.JSON()),
        sa.column("agreed_on", sa.Date()),
        sa.column("dpia_on", sa.Date()),
        sa.column("entered_at", sa.DateTime(timezone=True)),
    )
    row = {
        "snapshot": snapshot,
        "hash": hashlib.sha256(text.encode()).hexdigest(),
        "agreed_on": settings["works_council_on"],
        "dpia_on": settings["dpia_on"],
        "reference": "",
        "urgent": {},
        "taken_over": True,
        "entered_at": datetime.now(UTC),
    }
    bind.execute(sa.insert(consent), [row])


def _columns(*names: str) -> list[sa.ColumnClause[Any]]:
    return [sa.column(name) for name in names]


def downgrade() -> None:
    """Keep the dates alone; what waited holds never."""
    op.drop_table("consent_proposal")
    op.drop_table("consent")
