"""How far somebody is ahead of the pace at which one may try."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from mentorship.base.i18n import N_
from mentorship.base.personal import MADE, NO_ONE, Term, guarding


class Pacing(SQLModel, table=True):
    """A digest of who tries what from where, and until when (ms) their tries are spent; gone once that has passed."""

    __tablename__ = "pacing"
    __table_args__ = ({"info": guarding(N_("slow down guessing"), NO_ONE, Term(MADE, days=1), "sign-ins")},)
    key: str = Field(primary_key=True, max_length=64)
    spent_until: int = Field(sa_type=BigInteger, index=True)
