"""What the last import said, so that a later one can tell a change in the file from a person's own edit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import AFTER_LEAVING, BY_COLLEAGUES, BY_HR, LEARNING, PAIRS_KEPT, personal


class ImportedRecord(SQLModel, table=True):
    """The values of one record (`kind` and `key`, as the file names it) at the last import."""

    __tablename__ = "imported_record"
    __table_args__ = (
        {
            "info": personal(
                N_("let a person's own edits win over a later import"),
                N_("coordinator"),
                [PAIRS_KEPT, AFTER_LEAVING],
                "import records",
                basis=LEARNING,
                source=[BY_HR],
            )
        },
    )
    kind: str = Field(max_length=40, primary_key=True)
    key: str = Field(max_length=300, primary_key=True)
    values: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class ImportSource(SQLModel, table=True):
    """How the files of one source are read: what was mapped by hand, and what was answered about people's numbers."""

    __tablename__ = "import_source"
    __table_args__ = (
        {
            "info": personal(
                N_("read the next export as the last one was settled"),
                N_("coordinator, hr"),
                AFTER_LEAVING,
                "people",
                basis=LEARNING,
                source=[BY_COLLEAGUES],
            )
        },
    )
    name: str = Field(max_length=100, primary_key=True)
    mapping: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    changed_at: datetime = Field(sa_type=UtcDateTime)
