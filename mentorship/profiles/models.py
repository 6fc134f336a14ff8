"""Domains, expertise, learning forms, places, mentor training, wishes and plans."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_, locale
from mentorship.base.personal import (
    ACCOUNTABLE,
    AFTER_LEAVING,
    BY_COLLEAGUES,
    BY_HR,
    BY_PERSON,
    BY_SERVICE,
    LEARNING,
    OWN_CHOICE,
    UNTIL_LEAVING,
    personal,
)

HORIZONS = ("unknown", "under_1", "1_to_3", "3_to_5", "over_5")
_FORM = "form IN ('on_the_job', 'classroom', 'online', 'with_colleague', 'short_modules')"
MATCHING = N_("the person, coordinator; the parts of a match also the other side")
"""Who may see what people are matched by."""
_FORMS = personal(
    N_("fit the way of learning to the person"),
    MATCHING,
    AFTER_LEAVING,
    "people",
    basis=LEARNING,
    source=[BY_PERSON, BY_HR],
)


class Domain(SQLModel, table=True):
    """A field of craft."""

    __tablename__ = "domain"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200, unique=True)
    name_en: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    explanation: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    explanation_en: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    critical: bool = Field(default=False)
    remote: bool = Field(default=False)

    @property
    def title(self) -> str:
        """What it is called in the reader's language; only the import and the verbs go by `name`."""
        if locale() == "nl":
            return self.name
        return self.name_en or self.name

    @property
    def titles(self) -> str:
        """What it is called in either language, for who looks for it."""
        return f"{self.name} {self.name_en}"

    @property
    def told(self) -> str:
        """A word of explanation in the reader's language, where there is one."""
        if locale() == "nl":
            return self.explanation
        return self.explanation_en or self.explanation


class Expertise(SQLModel, table=True):
    """A person's level in a domain, and whether they want to pass it on."""

    __tablename__ = "expertise"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 5", name="level"),
        {
            "info": personal(
                N_("find who can help whom"),
                N_(
                    "the person, coordinator; the parts of a match also the other side; of a job profile also their "
                    "line, when the person shows it"
                ),
                AFTER_LEAVING,
                "people",
                basis=LEARNING,
                source=[BY_PERSON, BY_HR],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    domain_id: int = Field(foreign_key="domain.id", primary_key=True)
    level: int
    willing: bool = Field(default=False)


class FormWish(SQLModel, table=True):
    """How much a person wants to learn in a form: weight 5 is the most wanted."""

    __tablename__ = "form_wish"
    __table_args__ = (
        CheckConstraint(_FORM, name="form"),
        CheckConstraint("weight BETWEEN 1 AND 5", name="weight"),
        UniqueConstraint("person_id", "weight"),
        {"info": _FORMS},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    form: str = Field(max_length=20, primary_key=True)
    weight: int


class FormComfort(SQLModel, table=True):
    """How well a form of teaching suits a mentor, 0-4."""

    __tablename__ = "form_comfort"
    __table_args__ = (
        CheckConstraint(_FORM, name="form"),
        CheckConstraint("comfort BETWEEN 0 AND 4", name="comfort"),
        {"info": _FORMS},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    form: str = Field(max_length=20, primary_key=True)
    comfort: int


class Capacity(SQLModel, table=True):
    """What a mentor offers: places and hours a week, and the hours that their manager confirmed in the planning.

    `answered_hours`: how many were promised when the manager answered, perhaps with fewer.
    """

    __tablename__ = "capacity"
    __table_args__ = (
        CheckConstraint("places BETWEEN 0 AND 20", name="places"),
        CheckConstraint("hours >= 0 AND hours <= 40", name="hours"),
        CheckConstraint(
            "confirmed_hours IS NULL OR (confirmed_hours >= 0 AND confirmed_hours <= 40)", name="confirmed"
        ),
        {
            "info": personal(
                N_("never give a mentor more than they can carry"),
                N_("the person, their line, coordinator"),
                AFTER_LEAVING,
                "people",
                basis=LEARNING,
                source=[BY_PERSON, BY_HR],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    places: int = Field(default=0)
    hours: Decimal = Field(default=Decimal(0), sa_column=Column(Numeric(4, 2), nullable=False))
    confirmed_hours: Decimal | None = Field(default=None, sa_column=Column(Numeric(4, 2)))
    answered_hours: Decimal | None = Field(default=None, sa_column=Column(Numeric(4, 2)))
    paused: bool = Field(default=False)
    paused_until: date | None = None


class Training(SQLModel, table=True):
    """A training for mentors that somebody followed."""

    __tablename__ = "training"
    __table_args__ = (
        UniqueConstraint("person_id", "title", "followed_on"),
        {
            "info": personal(
                N_("value and train mentors"),
                N_("the person, coordinator, their juniors"),
                AFTER_LEAVING,
                "people",
                basis=LEARNING,
                source=[BY_PERSON, BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    title: str = Field(max_length=200)
    followed_on: date
    noted_by: int = Field(foreign_key="person.id")
    noted_at: datetime = Field(sa_type=UtcDateTime)


ROSTER, EXPERTISE, PLACES = "roster", "expertise", "places"
"""The sections of a profile that somebody else may fill in."""


class FilledIn(SQLModel, table=True):
    """A section of somebody's profile that another filled in, until they say that it is right or change it."""

    __tablename__ = "filled_in"
    __table_args__ = (
        CheckConstraint("section IN ('roster', 'expertise', 'places')", name="section"),
        {
            "info": personal(
                N_("tell who filled in what for somebody"),
                N_("the person, coordinator, hr"),
                AFTER_LEAVING,
                "people",
                basis=ACCOUNTABLE,
                source=[BY_SERVICE],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    section: str = Field(max_length=20, primary_key=True)
    by_id: int
    at: datetime = Field(sa_type=UtcDateTime)


class Wish(SQLModel, table=True):
    """Somebody named another: wanted, or not wanted (a block, which only the coordinator sees)."""

    __tablename__ = "wish"
    __table_args__ = (
        CheckConstraint("person_id <> other_id", name="not_self"),
        {
            "info": personal(
                N_("respect who wants and who does not want whom"),
                N_("the person, coordinator"),
                AFTER_LEAVING,
                "people",
                basis=OWN_CHOICE,
                source=[BY_PERSON, BY_HR],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    other_id: int = Field(foreign_key="person.id", primary_key=True)
    wanted: bool
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Plan(SQLModel, table=True):
    """A person's own outflow horizon, theirs to fill in or leave unknown."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("horizon IN ('unknown', 'under_1', '1_to_3', '3_to_5', 'over_5')", name="horizon"),
        {
            "info": personal(
                N_("see which knowledge is about to leave"),
                N_("the person, coordinator"),
                UNTIL_LEAVING,
                "leaving",
                basis=OWN_CHOICE,
                source=[BY_PERSON, BY_HR],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    horizon: str = Field(default="unknown", max_length=20)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
