"""A browser that somebody signed in with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.personal import personal


class Device(SQLModel, table=True):
    """Somebody's browser, by the digest of a secret that it keeps; one browser may be of several people.

    `trusted`: the person themselves signed in on it, as far as we know: their account was not closed then.
    """

    __tablename__ = "device"
    __table_args__ = ({"info": personal("know a device again", "nobody", "12 months after its last use")},)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    token_hash: str = Field(primary_key=True, max_length=64)
    first_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)
    trusted: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
