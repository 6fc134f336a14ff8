"""A browser that somebody signed in with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import NO_ONE, UNTIL_LEAVING, USED, Term, guarding


class Device(SQLModel, table=True):
    """Somebody's browser, by the digest of a secret that it keeps; one browser may be of several people.

    `trusted`: the person themselves signed in on it, as far as we know: their account was not closed then.
    """

    __tablename__ = "device"
    __table_args__ = (
        {"info": guarding(N_("know a device again"), NO_ONE, [Term(USED, months=12), UNTIL_LEAVING], "sign-ins")},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    token_hash: str = Field(primary_key=True, max_length=64)
    first_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)
    trusted: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
