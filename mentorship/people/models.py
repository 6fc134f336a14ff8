"""People, sites, roles, and what sign-in needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from sqlalchemy import CheckConstraint, Column, Index, String, event, text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_, gettext
from mentorship.base.letters import folded
from mentorship.base.personal import (
    AFTER_LEAVING,
    BY_COLLEAGUES,
    BY_HR,
    BY_PERSON,
    ENDED,
    LEARNING,
    MADE,
    NO_ONE,
    ONESELF,
    SAFEGUARD,
    UNTIL_LEAVING,
    Term,
    guarding,
    personal,
)

ROLES = ("junior", "senior", "manager", "coordinator", "hr", "admin")
LANGUAGES = ("nl", "en", "de", "pl", "fr", "es", "pt", "ro", "bg", "uk", "tr", "ar")
_COLLEAGUES = N_("the person, their line, coordinator, hr, admin, and the other side of a pair")


HOME_REGION = "NL"
NAMELESS = "~"
"""What the number begins with of who left so long ago that nothing else is kept of them."""
_LAST_DAY, _LEFT = text("last_day IS NOT NULL"), text("left_on IS NOT NULL")
KEY_LENGTH = 400
_KEY = String(KEY_LENGTH).with_variant(String(KEY_LENGTH, collation="C"), "postgresql")
"""Compared letter by letter, on PostgreSQL too, whatever the language of the server."""


class Site(SQLModel, table=True):
    """A place of work; together-shifts happen at one site. Nobody comes to one that was closed.

    The region decides which days are public holidays: a country, or a part of one that has its own ("DE-NW").
    """

    __tablename__ = "site"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200, unique=True)
    region: str = Field(default=HOME_REGION, max_length=10, sa_column_kwargs={"server_default": HOME_REGION})
    closed_on: date | None = None


class Person(SQLModel, table=True):
    """An employee. There is no date of birth here, nor a stand-in for one, and there never will be.

    `last_day` is what was decided, and may lie ahead; `left_on` is that day once all that follows from it was done.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("manager_id IS NULL OR manager_id <> id", name="not_own_manager"),
        CheckConstraint("email IS NULL OR email = lower(email)", name="email_lower"),
        CheckConstraint("locale IN ('nl', 'en')", name="locale"),
        # of few: an index of all would be taken for every list of who did not leave
        Index("ix_person_last_day", "last_day", sqlite_where=_LAST_DAY, postgresql_where=_LAST_DAY),
        Index("ix_person_left_on", "left_on", sqlite_where=_LEFT, postgresql_where=_LEFT),
        {
            "info": personal(
                N_("know who is who and where they work"),
                _COLLEAGUES,
                AFTER_LEAVING,
                "people",
                basis=LEARNING,
                source=[BY_HR, BY_PERSON],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=40, unique=True)
    given_name: str = Field(max_length=100)
    infix: str = Field(default="", max_length=40)
    family_name: str = Field(max_length=100)
    email: str | None = Field(default=None, max_length=254, unique=True)
    site_id: int = Field(foreign_key="site.id", index=True)
    department: str = Field(default="", max_length=200)
    manager_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    languages: str = Field(default="nl", max_length=100)
    locale: str = Field(default="nl", max_length=5)
    last_day: date | None = None
    left_on: date | None = None
    sort_key: str = Field(default="", sa_column=Column(_KEY, nullable=False, server_default="", index=True))

    @property
    def name(self) -> str:
        """The name as colleagues say it."""
        parts = [self.given_name, self.infix, self.family_name]
        return " ".join(filter(None, parts)) or gettext("somebody who left")

    def is_gone(self, today: date) -> bool:
        """Tell whether the last day has passed, be it that not all was done yet that follows from it."""
        if self.left_on is not None:
            return True
        return self.last_day is not None and self.last_day < today

    @property
    def initials(self) -> str:
        """Two letters for the round picture beside a name."""
        letters = self.given_name[:1] + self.family_name[:1]
        return letters.upper()


class PersonManager(SQLModel, table=True):
    """One more manager of a person, beside the one they have; both, and who is above them, are their line."""

    __tablename__ = "person_manager"
    __table_args__ = (
        CheckConstraint("manager_id <> person_id", name="not_own_manager"),
        {
            "info": personal(
                N_("keep everybody who appraises somebody out of their pairs"),
                _COLLEAGUES,
                AFTER_LEAVING,
                "people",
                basis=LEARNING,
                source=[BY_HR],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    manager_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class FullyNamed(Protocol):
    """Somebody's names and number: a person, or a row with just these."""

    number: str
    given_name: str
    infix: str
    family_name: str


def sort_key(person: FullyNamed) -> str:
    """Return what lists sort by and searches look in: the letters, family name first, infix and number behind."""
    parts = (
        person.family_name,
        person.given_name,
        person.infix,
        person.number,
    )
    key = "\t".join(map(folded, parts))
    return key[:KEY_LENGTH]


@event.listens_for(Person, "before_insert")
@event.listens_for(Person, "before_update")
def _renew_key(_mapper: object, _connection: object, person: Person) -> None:
    person.sort_key = sort_key(person)


class PersonRole(SQLModel, table=True):
    """One role of one person; several may be held at once."""

    __tablename__ = "person_role"
    __table_args__ = (
        CheckConstraint("role IN ('junior', 'senior', 'manager', 'coordinator', 'hr', 'admin')", name="role"),
        {
            "info": guarding(
                N_("decide who may do what"), _COLLEAGUES, UNTIL_LEAVING, "leaving", source=[BY_HR, BY_COLLEAGUES]
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(max_length=20, primary_key=True)


class Account(SQLModel, table=True):
    """The password of a person who activated their account.

    `closed_before`: it was opened by a code in between, so what the person kept to themselves before stays closed until
    they confirm that it is them. `mailbox`: the address whose mail they are known to read. `signed_out_at`: when an
    administrator ended all their sessions, until they were told at signing in. `address_at`: the same of when another
    (None: files of HR) gave them another address, or took it.
    """

    __tablename__ = "account"
    __table_args__ = (
        {"info": personal(N_("sign in"), NO_ONE, AFTER_LEAVING, "people", basis=SAFEGUARD, source=[BY_PERSON])},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    password_hash: str = Field(max_length=200)
    closed_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    mailbox: str = Field(default="", max_length=254, sa_column_kwargs={"server_default": ""})
    signed_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    signed_out_by_id: int | None = Field(default=None, foreign_key="person.id")
    address_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    address_by_id: int | None = Field(default=None, foreign_key="person.id")


class ActivationCode(SQLModel, table=True):
    """A one-time code, kept as a hash, with which somebody sets a first or a new password.

    `told_at`: when its person was told at signing in that `made_by_id` made it; `mailed_to`: where it went, if by mail.
    """

    __tablename__ = "activation_code"
    __table_args__ = (
        Index(
            "uq_activation_code_open",
            "person_id",
            unique=True,
            sqlite_where=text("used_at IS NULL"),
            postgresql_where=text("used_at IS NULL"),
        ),
        {
            "info": guarding(
                N_("first sign-in"), N_("nobody; the coordinator once, on paper"), Term(MADE, days=14), "sign-ins"
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    code_hash: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    mailed_to: str = Field(default="", max_length=254, sa_column_kwargs={"server_default": ""})
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Tablet(SQLModel, table=True):
    """A shared tablet: enrolled by a code that works once, known afterwards by the digest of a secret it keeps."""

    __tablename__ = "tablet"
    __table_args__ = (
        {
            "info": guarding(
                N_("know a shared tablet"),
                N_("coordinator, hr, admin"),
                Term(ENDED, days=60),
                "tablets",
                source=[BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100)
    site_id: int = Field(foreign_key="site.id")
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    code_hash: str | None = Field(default=None, max_length=64, unique=True)
    code_until: datetime = Field(sa_type=UtcDateTime)
    token_hash: str | None = Field(default=None, max_length=64, unique=True)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignIn(SQLModel, table=True):
    """A session kept at our side: ending it here ends it everywhere, whatever cookie was copied.

    `confirmed_at`: when its person last confirmed, by password or second factor, that it is them. One on a shared
    tablet opens little, and only there.
    """

    __tablename__ = "sign_in"
    __table_args__ = (
        {"info": guarding(N_("keep signed in; end it from elsewhere"), ONESELF, Term(ENDED, days=30), "sign-ins")},
    )
    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    device: str = Field(default="", max_length=120)
    started_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tablet_id: int | None = Field(default=None, foreign_key="tablet.id", index=True)


class FailedSignIn(SQLModel, table=True):
    """One failed attempt, as the version before counts them beside us; `throttle.models.Pacing` took its place."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (
        Index("ix_failed_sign_in", "name_hash", "address_hash", "at"),
        Index("ix_failed_sign_in_address", "address_hash", "at"),
        {"info": guarding(N_("slow down guessing"), NO_ONE, Term(MADE, days=1), "sign-ins")},
    )
    id: int | None = Field(default=None, primary_key=True)
    name_hash: str = Field(max_length=64)
    address_hash: str = Field(max_length=64)
    at: datetime = Field(sa_type=UtcDateTime)
