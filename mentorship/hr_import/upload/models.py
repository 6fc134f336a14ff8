"""An export that somebody is looking at: its files, what they chose, and what it would come to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, LargeBinary
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_HR, DRAFTS_KEPT, LEARNING, personal

READING, READY, TAKING = "reading", "ready", "taking"
LASTS = timedelta(days=DRAFTS_KEPT.days)
_INFO = personal(
    N_("look at an export before it is taken in"),
    N_("who uploaded it"),
    DRAFTS_KEPT,
    "drafts",
    basis=LEARNING,
    source=[BY_HR],
)


class ImportDraft(SQLModel, table=True):
    """An export as it was uploaded; nothing of it is in other tables yet.

    `state`: reading or taking while the worker has it. `preview`: what it comes to, as `preview.of` makes it.
    `aside`: the rows that would be set aside, each with its reason.
    """

    __tablename__ = "import_draft"
    __table_args__ = (
        CheckConstraint("state IN ('reading', 'ready', 'taking')", name="state"),
        {"info": _INFO},
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default=READING, max_length=20)
    source: str = Field(default="", max_length=100)
    choices: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    preview: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    aside: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


def _of_draft() -> Column[int]:
    draft = ForeignKey("import_draft.id", ondelete="CASCADE")
    return Column(Integer, draft, primary_key=True, nullable=False)


class DraftFile(SQLModel, table=True):
    """One file of a draft."""

    __tablename__ = "import_draft_file"
    __table_args__ = ({"info": _INFO},)
    draft_id: int = Field(sa_column=_of_draft())
    position: int = Field(primary_key=True)
    name: str = Field(max_length=200)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
