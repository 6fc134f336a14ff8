"""The addresses at which a planning system reads when who guides."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, LEARNING, PLANNING_SYSTEM, UNTIL_LEAVING, personal


class PlanningFeed(SQLModel, table=True):
    """An address, of which only the digest of its secret is kept; `read_on` is the last day it was read.

    `person_id` made it. It tells of the line of `manager_id`, or (None) of everybody, at one site or at all.
    """

    __tablename__ = "planning_feed"
    __table_args__ = (
        {
            "info": personal(
                N_("keep the hours of mentoring free in the schedule"),
                N_("who made it, coordinator"),
                UNTIL_LEAVING,
                "leaving",
                basis=LEARNING,
                source=[BY_PERSON],
                recipients=PLANNING_SYSTEM,
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=80)
    person_id: int = Field(foreign_key="person.id", index=True)
    manager_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    site_id: int | None = Field(default=None, foreign_key="site.id")
    names: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    made_at: datetime = Field(sa_type=UtcDateTime)
    read_on: date | None = None
