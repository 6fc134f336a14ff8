"""Shifts, rosters, and who works by which."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.personal import EMPLOYMENT, personal
from mentorship.profiles.models import MATCHING


class Shift(SQLModel, table=True):
    """A start and an end time, in minutes from midnight; an end past midnight is above 1440."""

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint("begins BETWEEN 0 AND 1439 AND ends > begins AND ends <= begins + 1440", name="times"),
    )
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    begins: int
    ends: int
    description: str = Field(default="", max_length=200)


class Roster(SQLModel, table=True):
    """A cycle of days of shifts or free, from a start date."""

    __tablename__ = "roster"
    __table_args__ = (CheckConstraint("days BETWEEN 1 AND 105", name="days"),)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100, unique=True)
    starts_on: date
    days: int


class RosterDay(SQLModel, table=True):
    """The shift on one day of a roster's cycle; a day without a row is free."""

    __tablename__ = "roster_day"
    __table_args__ = (CheckConstraint("day BETWEEN 0 AND 104", name="day"),)
    roster_id: int = Field(foreign_key="roster.id", primary_key=True)
    day: int = Field(primary_key=True)
    shift_id: int = Field(foreign_key="shift.id", index=True)


class WorkTime(SQLModel, table=True):
    """A person's roster, and whether they can work remotely."""

    __tablename__ = "work_time"
    __table_args__ = ({"info": personal("find when two people are at work together", MATCHING, EMPLOYMENT)},)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    roster_id: int | None = Field(default=None, foreign_key="roster.id", index=True)
    remote: bool = Field(default=False)


class DayOff(SQLModel, table=True):
    """A weekday taken out of a person's roster: off, or at school."""

    __tablename__ = "day_off"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        {"info": personal("find when two people are at work together", MATCHING, EMPLOYMENT)},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    weekday: int = Field(primary_key=True)
    school: bool = Field(default=False)
