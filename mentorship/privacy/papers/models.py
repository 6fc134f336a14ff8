"""The papers as they were agreed, and the links that open them to who does not work here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import ACCOUNTABLE, BY_SERVICE, ENDED, NO_ONE, Term, personal

_READ = N_("let the works council and the officer read the papers")
_BY_DUTY: dict[str, Any] = {"basis": ACCOUNTABLE, "source": [BY_SERVICE]}
SUBJECT = "paper"
"""What the audit log calls a paper, and a link to them all."""


class PaperVersion(SQLModel, table=True):
    """One paper in one language as it was agreed; it is written without the name of whom people ask, and names nobody.

    What versions of long ago kept may still hold that name. Who entered it stands in the audit log.
    """

    __tablename__ = "paper_version"
    __table_args__ = (
        UniqueConstraint("kind", "language", "agreed_at"),
        CheckConstraint("language IN ('nl', 'en')", name="language"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    language: str = Field(max_length=2)
    content_hash: str = Field(max_length=64)
    content: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    agreed_at: datetime = Field(sa_type=UtcDateTime)
    agreed_on: date
    agreed_with: str = Field(max_length=20)


class PaperLink(SQLModel, table=True):
    """A link by which the works council or the officer reads the papers; of its secret a seal is kept."""

    __tablename__ = "paper_link"
    __table_args__ = ({"info": personal(_READ, NO_ONE, Term(ENDED, months=12), "links to papers", **_BY_DUTY)},)
    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(max_length=64, unique=True)
    reader: str = Field(max_length=20)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
