"""An import that was taken in or set aside, and what it changed for as long as it can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, LargeBinary
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import ACCOUNTABLE, BY_HR, BY_SERVICE, MADE, Term, personal

BROWSER, FOLDER = "browser", "folder"
TAKEN, REJECTED = "taken", "rejected"


class TakenImport(SQLModel, table=True):
    """One import: who took it in (None: the service, from its folder), which files (none: a pasted
    list), and what it came to in numbers.

    `journal`: the rows that it changed as they were, packed; emptied once it can no longer be taken back.
    """

    __tablename__ = "taken_import"
    __table_args__ = (
        CheckConstraint("origin IN ('browser', 'folder')", name="origin"),
        CheckConstraint("outcome IN ('taken', 'rejected')", name="outcome"),
        {
            "info": personal(
                N_("show who took in what; take the last one back"),
                N_("coordinator, hr, admin"),
                Term(MADE, months=24),
                "imports",
                basis=ACCOUNTABLE,
                source=[BY_HR, BY_SERVICE],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    taken_by: int | None = Field(default=None, foreign_key="person.id")
    origin: str = Field(default=BROWSER, max_length=20)
    outcome: str = Field(default=TAKEN, max_length=20)
    files: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    summary: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    journal: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: int | None = Field(default=None, foreign_key="person.id")
