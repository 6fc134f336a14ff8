"""The second factor of a person, the codes for when it is gone, and sign-ins that wait for one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import AFTER_LEAVING, BY_PERSON, MADE, NO_ONE, Term, guarding


class SecondFactor(SQLModel, table=True):
    """The secret that somebody's app makes codes with, encrypted; it counts once a code of it confirmed that.

    `last_step` is the half minute of the last code that was used, so that none is used twice.
    """

    __tablename__ = "second_factor"
    __table_args__ = (
        {"info": guarding(N_("sign in with a second factor"), NO_ONE, AFTER_LEAVING, "people", source=[BY_PERSON])},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    secret: str = Field(max_length=200)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_step: int = Field(default=0, sa_type=BigInteger)


class RecoveryCode(SQLModel, table=True):
    """The digest of a code on paper that stands in for the app, once; gone when it was used."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        {"info": guarding(N_("sign in when the second factor is gone"), NO_ONE, AFTER_LEAVING, "people")},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    code_hash: str = Field(primary_key=True, max_length=64)


class HalfSignIn(SQLModel, table=True):
    """Somebody whose password was right and whose second factor is still to come; nobody is signed in by it."""

    __tablename__ = "half_sign_in"
    __table_args__ = (
        {"info": guarding(N_("ask for the second factor at sign-in"), NO_ONE, Term(MADE, minutes=10), "sign-ins")},
    )
    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
