"""People, sites, roles, and what sign-in needs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.personal import EMPLOYMENT, personal

ROLES = ("junior", "senior", "manager", "coordinator", "admin")
LANGUAGES = ("nl", "en", "de", "pl", "fr", "es", "pt", "ro", "bg", "uk", "tr", "ar")
_COLLEAGUES = "the person, their line, coordinator, admin, and the other side of a mentorship"


class Site(SQLModel, table=True):
    """A place of work; together-shifts happen at one site."""

    __tablename__ = "site"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200, unique=True)


class Person(SQLModel, table=True):
    """An employee. There is no date of birth here, nor a stand-in for one, and there never will be."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("manager_id IS NULL OR manager_id <> id", name="not_own_manager"),
        CheckConstraint("email IS NULL OR email = lower(email)", name="email_lower"),
        CheckConstraint("locale IN ('nl', 'en')", name="locale"),
        {"info": personal("know who is who and where they work", _COLLEAGUES, EMPLOYMENT)},
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
    left_on: date | None = None

    @property
    def name(self) -> str:
        """The name as colleagues say it."""
        return " ".join(part for part in (self.given_name, self.infix, self.family_name) if part)

    @property
    def sort_name(self) -> str:
        """The name as a Dutch list sorts it: family name first, infix behind."""
        return f"{self.family_name}, {self.given_name}{' ' + self.infix if self.infix else ''}"

    @property
    def initials(self) -> str:
        """Two letters for the round picture beside a name."""
        return (self.given_name[:1] + self.family_name[:1]).upper()


class PersonRole(SQLModel, table=True):
    """One role of one person; several may be held at once."""

    __tablename__ = "person_role"
    __table_args__ = (
        CheckConstraint("role IN ('junior', 'senior', 'manager', 'coordinator', 'admin')", name="role"),
        {"info": personal("decide who may do what", _COLLEAGUES, EMPLOYMENT)},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(max_length=20, primary_key=True)
