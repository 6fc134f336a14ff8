"""A note of a coordinator for the others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_COLLEAGUES, LEARNING, OVER, PAIRS, Term, personal

LONGEST = 300


def _of(table: str) -> Column[int]:
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(Integer, key, nullable=False, index=True)


class RoundNote(SQLModel, table=True):
    """A few words about a request of a round, of one coordinator for the others; kept as long as the round."""

    __tablename__ = "round_note"
    __table_args__ = (
        {
            "info": personal(
                N_("let coordinators tell each other what to mind in a round"),
                N_("coordinators; the person, who asks what is kept"),
                Term(OVER, setting=PAIRS),
                "rounds",
                basis=LEARNING,
                source=[BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(sa_column=_of("round"))
    request_id: int = Field(sa_column=_of("mentor_request"))
    by_id: int = Field(foreign_key="person.id", index=True)
    words: str = Field(max_length=LONGEST)
    noted_at: datetime = Field(sa_type=UtcDateTime)
