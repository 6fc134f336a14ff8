"""Hours that mentors note."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import ANSWERS_KEPT, BY_PERSON, LEARNING, personal

OTHER_GUIDING = "mentorship_id IS NULL"


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
                N_("compare hours given with hours confirmed"),
                N_("the mentor, their junior (own pair), their line, coordinator"),
                ANSWERS_KEPT,
                "hours",
                basis=LEARNING,
                source=[BY_PERSON],
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
