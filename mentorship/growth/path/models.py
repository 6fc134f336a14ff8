"""Where people want to grow to."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, LEARNING, UNTIL_LEAVING, personal


class PathChosen(SQLModel, table=True):
    """A job profile that somebody chose to grow towards; `shown`: to their managers and the coordinator."""

    __tablename__ = "path_chosen"
    __table_args__ = (
        {
            "info": personal(
                N_("see the steps to where one wants to grow"),
                N_("the person; their managers and the coordinator only when the person shows it"),
                UNTIL_LEAVING,
                "leaving",
                basis=LEARNING,
                source=[BY_PERSON],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    profile_id: int = Field(foreign_key="job_profile.id", primary_key=True, index=True)
    chosen_at: datetime = Field(sa_type=UtcDateTime)
    shown: bool = Field(default=False)
