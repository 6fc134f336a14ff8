"""Who said that colleagues may find them by what they pass on."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, OWN_CHOICE, UNTIL_LEAVING, personal


class Findable(SQLModel, table=True):
    """Somebody said that colleagues may find them by what they pass on; without a row nobody does."""

    __tablename__ = "findable"
    __table_args__ = (
        {
            "info": personal(
                N_("let colleagues find who can explain something to them"),
                N_("the person; their name every colleague who looks for what they pass on"),
                UNTIL_LEAVING,
                "leaving",
                basis=OWN_CHOICE,
                source=[BY_PERSON],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    said_at: datetime = Field(sa_type=UtcDateTime)
