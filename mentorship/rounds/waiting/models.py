"""The places that mentors had free when it was last looked, so that one that comes free is seen at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import UNTIL_LEAVING, reckoned


class FreePlace(SQLModel, table=True):
    """How many places a mentor has free, and since when one came free that somebody waits for; None: nothing to tell.

    `waiting`: how many open requests could have it.
    """

    __tablename__ = "free_place"
    __table_args__ = (
        CheckConstraint("places >= 0 AND waiting >= 0", name="counts"),
        {
            "info": reckoned(
                N_("tell the coordinator at once that a place came free"),
                N_("coordinator"),
                UNTIL_LEAVING,
                "people",
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    places: int
    came_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    waiting: int = 0
