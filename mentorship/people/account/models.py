"""What sign-in needs: passwords, one-time codes, sessions, failed attempts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.personal import EMPLOYMENT, personal


class Account(SQLModel, table=True):
    """The password of a person who activated their account."""

    __tablename__ = "account"
    __table_args__ = ({"info": personal("sign in", "nobody", EMPLOYMENT)},)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    password_hash: str = Field(max_length=200)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class ActivationCode(SQLModel, table=True):
    """A one-time code, kept as a hash, with which somebody sets a first or a new password."""

    __tablename__ = "activation_code"
    __table_args__ = (
        Index(
            "uq_activation_code_open",
            "person_id",
            unique=True,
            sqlite_where=text("used_at IS NULL"),
            postgresql_where=text("used_at IS NULL"),
        ),
        {"info": personal("first sign-in", "nobody; the coordinator once, on paper", "14 days")},
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    code_hash: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignIn(SQLModel, table=True):
    """A session kept at our side: ending it here ends it everywhere, whatever cookie was copied."""

    __tablename__ = "sign_in"
    __table_args__ = (
        {"info": personal("keep signed in; end it from elsewhere", "the person", "30 days after it ended")},
    )
    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    device: str = Field(default="", max_length=120)
    started_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class FailedSignIn(SQLModel, table=True):
    """One failed attempt, by hashes of the name tried and of the address it came from."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (
        Index("ix_failed_sign_in", "name_hash", "address_hash", "at"),
        Index("ix_failed_sign_in_address", "address_hash", "at"),
        {"info": personal("slow down guessing", "nobody", "1 day")},
    )
    id: int | None = Field(default=None, primary_key=True)
    name_hash: str = Field(max_length=64)
    address_hash: str = Field(max_length=64)
    at: datetime = Field(sa_type=UtcDateTime)
