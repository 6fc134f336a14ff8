"""Which notice was shown to whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import AFTER_LEAVING, BY_SERVICE, RIGHTS, personal


class NoticeShown(SQLModel, table=True):
    """One version of the notice as one person read it first: the sentences, in the language they were read in.

    `version` is a digest of what it says in Dutch, so that another language is no other version.
    """

    __tablename__ = "notice_shown"
    __table_args__ = (
        {
            "info": personal(
                N_("show what somebody was told, and what changed since"),
                N_("the person"),
                AFTER_LEAVING,
                "people",
                basis=RIGHTS,
                source=[BY_SERVICE],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    version: str = Field(primary_key=True, max_length=64)
    language: str = Field(max_length=2)
    sentences: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    shown_at: datetime = Field(sa_type=UtcDateTime)
