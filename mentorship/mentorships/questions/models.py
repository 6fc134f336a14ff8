"""A quick question: its own small thing, without a place and without check-ins."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, Index, Numeric, text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, ENDED, LEARNING, Term, personal

OPEN, YES, NO, WITHDRAWN, LAPSED, OFF = "open", "yes", "no", "withdrawn", "lapsed", "off"
"""How a question stands; off: it was said yes to, and does not go ahead after all."""
KEPT_DAYS = 90
"""So many days after it closed it is deleted."""
IS_OPEN = "status = 'open'"


class QuickQuestion(SQLModel, table=True):
    """Somebody asks a colleague something: to walk along for one shift (`along`), or only to explain.

    `day`: on which of their shifts they meet; `hours`: what was counted of it once the day was over. `closed_by_id`:
    who answered it, took it back or called it off; nobody where time did. `closed_at`: since when nothing happens to it
    any more. `seen_at`: when who asked read the answer.
    """

    __tablename__ = "quick_question"
    __table_args__ = (
        CheckConstraint("asker_id <> asked_id", name="not_self"),
        CheckConstraint("status IN ('open', 'yes', 'no', 'withdrawn', 'lapsed', 'off')", name="status"),
        CheckConstraint("hours IS NULL OR (hours >= 0 AND hours <= 24)", name="hours"),
        CheckConstraint("status <> 'open' OR (closed_at IS NULL AND answered_at IS NULL)", name="open"),
        Index(
            "uq_quick_question_open",
            "asker_id",
            "asked_id",
            unique=True,
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
        Index("ix_quick_question_asked_id", "asked_id"),
        {
            "info": personal(
                N_("let somebody ask a colleague something without a pair"),
                N_("who asked and who was asked"),
                Term(ENDED, days=KEPT_DAYS),
                "questions",
                basis=LEARNING,
                source=[BY_PERSON],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    asker_id: int = Field(foreign_key="person.id")
    asked_id: int = Field(foreign_key="person.id")
    domain_id: int | None = Field(default=None, foreign_key="domain.id")
    along: bool
    words: str = Field(max_length=200)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    status: str = Field(default=OPEN, max_length=10)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    day: date | None = None
    hours: Decimal | None = Field(default=None, sa_column=Column(Numeric(4, 2)))
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by_id: int | None = Field(default=None, foreign_key="person.id")
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    def other_of(self, person_id: int) -> int:
        """Return the other of the two."""
        return self.asked_id if person_id == self.asker_id else self.asker_id
