"""Whether, how often and what both sides are asked."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel


class CheckInSettings(SQLModel, table=True):
    """Whether and how often both sides are asked; `confidant` is a personnel number. One row, with id 1."""

    __tablename__ = "check_in_settings"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("days BETWEEN 10 AND 42", name="days"),
    )
    id: int = Field(default=1, primary_key=True)
    running: bool = Field(default=True)
    days: int = Field(default=14)
    confidant: str = Field(default="", max_length=40)
    version: int = Field(default=1)


class QuestionSet(SQLModel, table=True):
    """One version of the questions: per side a list of key, Dutch and English; never changed once used."""

    __tablename__ = "question_set"
    id: int | None = Field(default=None, primary_key=True)
    questions: dict[str, list[dict[str, str]]] = Field(sa_column=Column(JSON, nullable=False))
