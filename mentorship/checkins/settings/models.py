"""Whether, how often and what both sides are asked."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel


class CheckInSettings(SQLModel, table=True):
    """Whether and how often both sides are asked; `confidant` is a personnel number. One row, with id 1.

    `days`: between the first four; `later_days`: from then on.
    """

    __tablename__ = "check_in_settings"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("days BETWEEN 10 AND 42", name="days"),
        CheckConstraint("later_days BETWEEN 10 AND 42", name="later_days"),
    )
    id: int = Field(default=1, primary_key=True)
    running: bool = Field(default=True)
    days: int = Field(default=14)
    later_days: int = Field(default=28, sa_column_kwargs={"server_default": "28"})
    confidant: str = Field(default="", max_length=40)
    version: int = Field(default=1)


class QuestionSet(SQLModel, table=True):
    """One version of the questions: per side a list of key, Dutch and English; never changed once used.

    `scale`: the five steps from lowest to highest, each in Dutch and English; none with the scale of before.
    `series`: of both sides at once, which the version before this one reads (see `standard.wordings`).
    """

    __tablename__ = "question_set"
    id: int | None = Field(default=None, primary_key=True)
    questions: dict[str, list[dict[str, str]]] = Field(sa_column=Column(JSON, nullable=False))
    scale: list[dict[str, str]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    series: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
