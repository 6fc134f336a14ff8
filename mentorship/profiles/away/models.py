"""Who is not available from when until when. Never a reason, nor room for one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.personal import personal


class Away(SQLModel, table=True):
    """Days on which a person is not available, the last one included, and who filled that in."""

    __tablename__ = "away"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        {
            "info": personal(
                "ask nothing of who is not there",
                "the person alone",
                "42 days after the last day",
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_day: date
    last_day: date = Field(index=True)
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
