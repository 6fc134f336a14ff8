"""Who is not available from when until when. Never a reason, nor room for one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.i18n import N_
from mentorship.base.personal import BY_COLLEAGUES, BY_HR, BY_PERSON, LAST_DAY, LEARNING, UNTIL_LEAVING, Term, personal


class Away(SQLModel, table=True):
    """Days on which a person is not available, the last one included, and who filled that in."""

    __tablename__ = "away"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        {
            "info": personal(
                N_("ask nothing of who is not there"),
                N_("the person alone"),
                [Term(LAST_DAY, days=42), UNTIL_LEAVING],
                "absences",
                basis=LEARNING,
                source=[BY_PERSON, BY_COLLEAGUES, BY_HR],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_day: date
    last_day: date = Field(index=True)
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
