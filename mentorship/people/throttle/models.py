"""How far somebody is ahead of the pace at which one may try."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from mentorship.base.personal import personal


class Pacing(SQLModel, table=True):
    """A digest of who tries what from where, and until when (ms) their tries are spent; gone once that has passed."""

    __tablename__ = "pacing"
    __table_args__ = ({"info": personal("slow down guessing", "nobody", "1 day")},)
    key: str = Field(primary_key=True, max_length=64)
    spent_until: int = Field(sa_type=BigInteger, index=True)
