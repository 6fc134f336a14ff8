"""What the two of a pair agreed at their first meeting, and what waits for the yes of the other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, LEARNING, OWN_CHOICE, PAIRS_KEPT, personal


class MeetingPoint(SQLModel, table=True):
    """A point of the first meeting of a pair: the choice that both agreed to, and one that waits for a yes.

    `agreed` and `proposed` are the keys of choices, "" for none; `side`: the side whose choice waits.
    """

    __tablename__ = "meeting_point"
    __table_args__ = (
        CheckConstraint("side IN ('', 'junior', 'mentor')", name="side"),
        CheckConstraint("(proposed = '') = (side = '')", name="proposed"),
        CheckConstraint("agreed <> '' OR proposed <> ''", name="chosen"),
        CheckConstraint("agreed <> proposed", name="other"),
        {
            "info": personal(
                N_("agree how the two work together"),
                N_("both sides"),
                PAIRS_KEPT,
                "pairs",
                basis=LEARNING,
                source=[BY_PERSON],
            )
        },
    )
    mentorship_id: int = Field(foreign_key="mentorship.id", primary_key=True)
    point: str = Field(max_length=10, primary_key=True)
    agreed: str = Field(default="", max_length=20)
    proposed: str = Field(default="", max_length=20)
    side: str = Field(default="", max_length=10)
    chosen_at: datetime = Field(sa_type=UtcDateTime)


class MeetingAside(SQLModel, table=True):
    """That somebody put the first meeting of a pair aside: their desk is silent about it, until something new waits."""

    __tablename__ = "meeting_aside"
    __table_args__ = (
        {
            "info": personal(
                N_("remind of a first meeting, and not too often"),
                N_("the person"),
                PAIRS_KEPT,
                "pairs",
                basis=OWN_CHOICE,
                source=[BY_PERSON],
            )
        },
    )
    mentorship_id: int = Field(foreign_key="mentorship.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    aside_at: datetime = Field(sa_type=UtcDateTime)
