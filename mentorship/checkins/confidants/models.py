"""The confidant of each site, with a stand-in."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.i18n import N_
from mentorship.base.personal import BY_COLLEAGUES, LEARNING, UNTIL_LEAVING, personal


class Confidant(SQLModel, table=True):
    """Who is asked in confidence by those of a site, or (without one) by everybody whose site has none.

    `stand_in_from` and `stand_in_until`: the days, both included, on which another is asked instead.
    """

    __tablename__ = "confidant"
    __table_args__ = (
        CheckConstraint("stand_in_id IS NULL OR stand_in_id <> person_id", name="another"),
        CheckConstraint(
            "stand_in_id IS NULL OR (stand_in_from IS NOT NULL AND stand_in_until IS NOT NULL)",
            name="whole",
        ),
        CheckConstraint("stand_in_until >= stand_in_from", name="days"),
        {
            "info": personal(
                N_("offer help in confidence"),
                N_("everybody who can ask for help in a check-in"),
                UNTIL_LEAVING,
                "leaving",
                basis=LEARNING,
                source=[BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    site_id: int | None = Field(default=None, foreign_key="site.id", unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    stand_in_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    stand_in_from: date | None = None
    stand_in_until: date | None = None
