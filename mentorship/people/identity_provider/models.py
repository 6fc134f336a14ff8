"""Whom the provider knows by which name, the sessions it vouches for, and what came from it once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import AFTER_LEAVING, BY_PROVIDER, ENDED, MADE, NO_ONE, PROVIDER, Term, guarding


class ProviderLink(SQLModel, table=True):
    """By which name, never used for another, a provider knows a person; once known, no other name opens the account."""

    __tablename__ = "provider_link"
    __table_args__ = (
        UniqueConstraint("issuer", "subject", name="uq_provider_link_subject"),
        {
            "info": guarding(
                N_("sign in by the organisation's provider"),
                N_("admin: that there is one"),
                AFTER_LEAVING,
                "people",
                source=[BY_PROVIDER],
                recipients=PROVIDER,
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    issuer: str = Field(max_length=255)
    subject: str = Field(max_length=255)
    linked_at: datetime = Field(sa_type=UtcDateTime)


class ProviderSession(SQLModel, table=True):
    """A session that the provider vouches for, and how it is asked whether it still does.

    Both tokens are encrypted. `asked_at`: when a request went to ask, so that the others go on meanwhile.
    """

    __tablename__ = "provider_session"
    __table_args__ = (
        {
            "info": guarding(
                N_("end a session here that ended at the provider"),
                NO_ONE,
                Term(ENDED, days=1),
                "sign-ins",
                source=[BY_PROVIDER],
                recipients=PROVIDER,
            )
        },
    )
    sign_in_id: int = Field(
        sa_column=Column(Integer, ForeignKey("sign_in.id", ondelete="CASCADE"), primary_key=True),
    )
    subject: str = Field(max_length=255, index=True)
    sid: str = Field(default="", max_length=255, index=True)
    id_token: str = Field(sa_type=Text)
    refresh_token: str = Field(default="", sa_type=Text)
    checked_at: datetime = Field(sa_type=UtcDateTime)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class UsedOnce(SQLModel, table=True):
    """The digest of what may come from the provider a single time: the end of a way there, a notice of signing out."""

    __tablename__ = "used_once"
    __table_args__ = (
        {
            "info": guarding(
                N_("take what the provider sends a single time"),
                NO_ONE,
                Term(MADE, days=1),
                "sign-ins",
                source=[BY_PROVIDER],
            )
        },
    )
    key: str = Field(primary_key=True, max_length=64)
    until: datetime = Field(sa_type=UtcDateTime, index=True)
