"""What was published of closed quarters, and who stood behind it: needed so that a later quarter gives nobody away."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, Index, UniqueConstraint, false
from sqlmodel import Column, Field, SQLModel

from mentorship.base.i18n import N_
from mentorship.base.personal import AFTER_LEAVING, NO_ONE, reckoned

_COUNTED = reckoned(
    N_("let no two published figures together single anybody out"),
    NO_ONE,
    AFTER_LEAVING,
    "people",
)
"""What it is kept for; after that nothing says any more who it was."""


class PublishedFigure(SQLModel, table=True):
    """A figure of a group in a quarter, or why it is hidden; it never changes, whoever leaves or is erased.

    `quarter` is its first day; `key` the site or domain, which `name` says as it was called at the closing; `people`
    is "so many or more".
    """

    __tablename__ = "published_figure"
    __table_args__ = (
        UniqueConstraint("quarter", "side", "level", "key"),
        CheckConstraint("side IN ('junior', 'mentor')", name="side"),
        CheckConstraint("level IN ('organisation', 'site', 'domain')", name="level"),
        CheckConstraint("hidden IN ('', 'few', 'protects')", name="hidden"),
        CheckConstraint("(hidden = '') = (value IS NOT NULL)", name="shown"),
    )
    id: int | None = Field(default=None, primary_key=True)
    quarter: date
    side: str = Field(max_length=10)
    level: str = Field(max_length=20)
    key: int
    name: str = Field(default="", max_length=200)
    value: float | None = None
    people: int = 0
    hidden: str = Field(default="", max_length=10)


class CountedPerson(SQLModel, table=True):
    """Somebody whose answers counted in a figure; whose they were is let go of with the person, the rest stays."""

    __tablename__ = "counted_person"
    __table_args__ = ({"info": _COUNTED},)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    whose_id: int | None = Field(default=None, foreign_key="person.id", unique=True)


class CountedAnswer(SQLModel, table=True):
    """That somebody answered about a pair in a quarter, and in which groups that counted: never what they said.

    `held`: they counted for the first time, and so not before the next quarter. `pair` says nothing once that is gone.
    """

    __tablename__ = "counted_answer"
    __table_args__ = (
        UniqueConstraint("quarter", "side", "counted_id", "pair"),
        CheckConstraint("side IN ('junior', 'mentor')", name="side"),
        Index("ix_counted_answer_side", "side", "quarter"),
        {"info": _COUNTED},
    )
    id: int | None = Field(default=None, primary_key=True)
    quarter: date
    side: str = Field(max_length=10)
    counted_id: int = Field(foreign_key="counted_person.id", index=True)
    pair: int
    site: int
    domain: int
    held: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
