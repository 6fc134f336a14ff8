"""Who stands in for whom, from a day until a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_COLLEAGUES, BY_PERSON, LAST_DAY, LEARNING, UNTIL_LEAVING, Term, personal


class StandIn(SQLModel, table=True):
    """Who is asked in somebody's place, from a day until a day, both included. Never why."""

    __tablename__ = "stand_in"
    __table_args__ = (
        CheckConstraint("stand_in_id <> person_id", name="another"),
        CheckConstraint("last_day >= first_day", name="days"),
        {
            "info": personal(
                N_("ask somebody else while a manager is not there"),
                N_("both of them, coordinator"),
                [Term(LAST_DAY, days=42), UNTIL_LEAVING],
                "absences",
                basis=LEARNING,
                source=[BY_PERSON, BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    stand_in_id: int = Field(foreign_key="person.id", index=True)
    first_day: date
    last_day: date = Field(index=True)
    named_by_id: int | None = Field(default=None, foreign_key="person.id")
    named_at: datetime = Field(sa_type=UtcDateTime)
