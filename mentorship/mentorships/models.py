"""A mentorship, before and after both sides accept; the hours that mentors note."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.personal import PAIR, personal

PROPOSED, ACTIVE, PAUSED, ENDED, REFUSED = "proposed", "active", "paused", "ended", "refused"
OCCUPYING = (PROPOSED, ACTIVE, PAUSED)
OTHER_GUIDING = "mentorship_id IS NULL"
_OCCUPIES = "status IN ('proposed', 'active', 'paused')"


class Mentorship(SQLModel, table=True):
    """A mentor and a junior, with the explanation copied onto it so that it never looks back at its round.

    A trigger in the database refuses a new row that would take more places than the mentor has (see migrations).
    """

    __tablename__ = "mentorship"
    __table_args__ = (
        CheckConstraint("mentor_id <> junior_id", name="two_people"),
        CheckConstraint("status IN ('proposed', 'active', 'paused', 'ended', 'refused')", name="status"),
        CheckConstraint("origin IN ('round', 'direct', 'import')", name="origin"),
        CheckConstraint(
            "status <> 'active' OR origin = 'import' OR (mentor_accepted AND junior_accepted)", name="both"
        ),
        Index(
            "uq_mentorship_request",
            "request_id",
            unique=True,
            sqlite_where=text(_OCCUPIES),
            postgresql_where=text(_OCCUPIES),
        ),
        Index(
            "uq_mentorship_pair",
            "mentor_id",
            "junior_id",
            unique=True,
            sqlite_where=text(_OCCUPIES),
            postgresql_where=text(_OCCUPIES),
        ),
        Index("ix_mentorship_mentor", "mentor_id", "status"),
        {"info": personal("guide on the job", "both sides, coordinator; their lines: that it exists", PAIR)},
    )
    id: int | None = Field(default=None, primary_key=True)
    mentor_id: int = Field(foreign_key="person.id")
    junior_id: int = Field(foreign_key="person.id", index=True)
    domain_id: int = Field(foreign_key="domain.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="mentor_request.id")
    origin: str = Field(max_length=20)
    round_name: str = Field(default="", max_length=200)
    status: str = Field(default=PROPOSED, max_length=20)
    explanation: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    mentor_accepted: bool | None = None
    junior_accepted: bool | None = None
    proposed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    started_on: date | None = None
    ended_on: date | None = None


class WorkedWeek(SQLModel, table=True):
    """Hours that a mentor noted for the week that begins on a Monday: with one junior, or other guiding (no pair).

    Hours of 0 with a junior say that they did not work together.
    """

    __tablename__ = "worked_week"
    __table_args__ = (
        CheckConstraint("hours >= 0 AND hours <= 60", name="hours"),
        CheckConstraint("words = '' OR mentorship_id IS NULL", name="words"),
        UniqueConstraint("mentorship_id", "week"),
        Index(
            "uq_worked_week_other",
            "mentor_id",
            "week",
            unique=True,
            sqlite_where=text(OTHER_GUIDING),
            postgresql_where=text(OTHER_GUIDING),
        ),
        Index("ix_worked_week_mentor", "mentor_id", "week"),
        {
            "info": personal(
                "compare hours given with hours confirmed",
                "the mentor, their junior (own pair), their line, coordinator",
                "12 months after the pair ended",
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    mentor_id: int = Field(foreign_key="person.id")
    mentorship_id: int | None = Field(default=None, foreign_key="mentorship.id")
    week: date
    hours: Decimal = Field(sa_column=Column(Numeric(4, 2), nullable=False))
    words: str = Field(default="", max_length=200)
    noted_by: int = Field(foreign_key="person.id")
    noted_at: datetime = Field(sa_type=UtcDateTime)
