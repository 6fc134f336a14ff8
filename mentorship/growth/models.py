"""Job profiles with the levels they ask, who works in which, training courses, and what builds on what."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, Numeric
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_, locale
from mentorship.base.personal import BY_COLLEAGUES, BY_PERSON, LEARNING, UNTIL_LEAVING, personal


class JobProfile(SQLModel, table=True):
    """What a job asks: a name, in English too where wanted, and since when no longer in use."""

    __tablename__ = "job_profile"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200, unique=True)
    name_en: str = Field(default="", max_length=200)
    explanation: str = Field(default="", max_length=200)
    explanation_en: str = Field(default="", max_length=200)
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def title(self) -> str:
        """What it is called in the reader's language."""
        if locale() == "nl":
            return self.name
        return self.name_en or self.name

    @property
    def told(self) -> str:
        """A word of explanation in the reader's language, where there is one."""
        if locale() == "nl":
            return self.explanation
        return self.explanation_en or self.explanation


class JobLevel(SQLModel, table=True):
    """The level that a job asks in a domain."""

    __tablename__ = "job_level"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level"),)
    profile_id: int = Field(foreign_key="job_profile.id", primary_key=True)
    domain_id: int = Field(foreign_key="domain.id", primary_key=True, index=True)
    level: int


class JobHeld(SQLModel, table=True):
    """In which job profile somebody works, who said so, and whether their line may see how far they are."""

    __tablename__ = "job_held"
    __table_args__ = (
        {
            "info": personal(
                N_("see what a job asks and where somebody can grow"),
                N_("the person, their line, coordinator, hr"),
                UNTIL_LEAVING,
                "leaving",
                basis=LEARNING,
                source=[BY_COLLEAGUES],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    profile_id: int = Field(foreign_key="job_profile.id", index=True)
    since: date
    set_by: int | None = Field(default=None, foreign_key="person.id")
    shown: bool = Field(default=False)


class Course(SQLModel, table=True):
    """A training course in which a domain is learned; `basics`: to be followed before guidance begins."""

    __tablename__ = "course"
    __table_args__ = (CheckConstraint("days > 0 AND days <= 200", name="days"),)
    id: int | None = Field(default=None, primary_key=True)
    domain_id: int = Field(foreign_key="domain.id", index=True)
    title: str = Field(max_length=200)
    provider: str = Field(default="", max_length=200)
    days: Decimal = Field(sa_column=Column(Numeric(4, 1), nullable=False))
    basics: bool = Field(default=False)


class CourseFollowed(SQLModel, table=True):
    """A training course that somebody says they followed."""

    __tablename__ = "course_followed"
    __table_args__ = (
        {
            "info": personal(
                N_("see the steps to where one wants to grow"),
                N_("the person; their managers and the coordinator only when the person shows it"),
                UNTIL_LEAVING,
                "leaving",
                basis=LEARNING,
                source=[BY_PERSON],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    course_id: int = Field(foreign_key="course.id", primary_key=True, index=True)
    followed_on: date


class BuildsOn(SQLModel, table=True):
    """A domain that is learned after another one, its base."""

    __tablename__ = "builds_on"
    __table_args__ = (CheckConstraint("domain_id <> base_id", name="another"),)
    domain_id: int = Field(foreign_key="domain.id", primary_key=True)
    base_id: int = Field(foreign_key="domain.id", primary_key=True, index=True)
