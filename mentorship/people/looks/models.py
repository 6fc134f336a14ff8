"""That somebody looked at another's page: one row a day and kind of page."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_SERVICE, MADE, RIGHTS, Term, personal

PROFILE, ROSTER, AWAY, LEAVING = "profile", "roster", "away", "leaving"
DUO, GOALS, REQUEST, KNOWLEDGE = "duo", "goals", "request", "knowledge"
"""What was looked at: never what stood there."""


class Look(SQLModel, table=True):
    """Who looked at what of whom on a day; `times`: how often, with ten minutes or more in between."""

    __tablename__ = "look"
    __table_args__ = (
        Index("ix_look_person_id", "person_id", "last_at"),
        {
            "info": personal(
                N_("show people who looked at them"),
                N_("the person; admin"),
                Term(MADE, months=12),
                "looks",
                basis=RIGHTS,
                source=[BY_SERVICE],
            )
        },
    )
    viewer_id: int = Field(foreign_key="person.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(primary_key=True, max_length=20)
    day: date = Field(primary_key=True, index=True)
    first_at: datetime = Field(sa_type=UtcDateTime)
    last_at: datetime = Field(sa_type=UtcDateTime)
    times: int
