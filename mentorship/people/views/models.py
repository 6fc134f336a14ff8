"""A view of a list that somebody gave a name."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, ONESELF, OWN_CHOICE, UNTIL_LEAVING, personal

LISTS = "people", "requests", "rounds", "pairs", "workload", "duos", "signals", "trail", "accounts", "knowledge"
"""The lists of which one keeps views, by their keys."""
LONGEST_NAME = 60
LONGEST_QUERY = 1000


class SavedView(SQLModel, table=True):
    """What somebody looks at in a list: the part of the address that says so, under a name of their own."""

    __tablename__ = "saved_view"
    __table_args__ = (
        Index("uq_saved_view", "person_id", "list", "name", unique=True),
        {
            "info": personal(
                N_("come back to the same part of a list"),
                ONESELF,
                UNTIL_LEAVING,
                "leaving",
                basis=OWN_CHOICE,
                source=[BY_PERSON],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    list: str = Field(max_length=40)
    name: str = Field(max_length=LONGEST_NAME)
    query: str = Field(max_length=LONGEST_QUERY)
