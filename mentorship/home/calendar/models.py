"""The address at which somebody's own calendar programme reads their shifts together and check-in dates."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, OWN_CALENDAR, OWN_CHOICE, UNTIL_LEAVING, personal


class CalendarFeed(SQLModel, table=True):
    """One address per person, of which only the token's digest is kept; `read_on` is the last day it was read."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        {
            "info": personal(
                N_("see one's pair in one's own calendar"),
                N_("the person, and whom they give it"),
                UNTIL_LEAVING,
                "leaving",
                basis=OWN_CHOICE,
                source=[BY_PERSON],
                recipients=OWN_CALENDAR,
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    names: bool = Field(default=False)
    made_at: datetime = Field(sa_type=UtcDateTime)
    read_on: date | None = None
