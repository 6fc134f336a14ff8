"""Kinds of certificate, and who has which until when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_, locale
from mentorship.base.personal import (
    BY_COLLEAGUES,
    BY_PERSON,
    ENDED,
    LEARNING,
    UNTIL_LEAVING,
    Term,
    personal,
)

MONTHS_KEPT = 12
"""So long a certificate is kept after it ended."""


class CertificateKind(SQLModel, table=True):
    """A certificate that people can have: how long it is valid (None: without end), and what it entitles to."""

    __tablename__ = "certificate_kind"
    __table_args__ = (CheckConstraint("months BETWEEN 1 AND 240", name="months"),)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200, unique=True)
    name_en: str = Field(default="", max_length=200)
    domain_id: int | None = Field(default=None, foreign_key="domain.id", index=True)
    months: int | None = Field(default=None)
    entitles: bool = Field(default=False)
    """Whether who has it may guide apprentices as a practice trainer."""
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def title(self) -> str:
        """What it is called in the reader's language."""
        if locale() == "nl":
            return self.name
        return self.name_en or self.name


class Certificate(SQLModel, table=True):
    """A certificate of somebody: since when, until when (None: without end), who noted it and who confirmed it.

    Until somebody confirmed it, it is what the person says of themselves. `seen_on`: when the person last said that
    they saw that it ends.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("person_id", "kind_id", "got_on"),
        CheckConstraint("ends_on IS NULL OR ends_on > got_on", name="days"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed"),
        {
            "info": personal(
                N_("see in time that a certificate ends, and who may be the mentor of apprentices"),
                N_("the person, coordinator, hr; their line where the person shows it"),
                [Term(ENDED, months=MONTHS_KEPT), UNTIL_LEAVING],
                "certificates",
                basis=LEARNING,
                source=[BY_PERSON, BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind_id: int = Field(foreign_key="certificate_kind.id", index=True)
    got_on: date
    ends_on: date | None = Field(default=None, index=True)
    noted_by: int = Field(foreign_key="person.id")
    noted_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    seen_on: date | None = Field(default=None)

    def holds(self, today: date) -> bool:
        """Tell whether it is valid on a day, the last one included."""
        return self.got_on <= today and (self.ends_on is None or self.ends_on >= today)
