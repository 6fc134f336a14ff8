"""Shifts, rosters, and who works by which."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, false, text, true
from sqlmodel import Field, SQLModel

from mentorship.base.i18n import N_
from mentorship.base.personal import AFTER_LEAVING, BY_HR, BY_PERSON, HOLDS, LEARNING, Term, personal
from mentorship.profiles.models import MATCHING

_WHY = N_("find when two people are at work together")
_WORKS = personal(_WHY, MATCHING, AFTER_LEAVING, "people", basis=LEARNING, source=[BY_HR, BY_PERSON])


class Shift(SQLModel, table=True):
    """A start and an end time, in minutes from midnight, an end past midnight above 1440; with neither a free code."""

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint(
            "(begins IS NULL AND ends IS NULL)"
            " OR (begins BETWEEN 0 AND 1439 AND ends > begins AND ends <= begins + 1440)",
            name="times",
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    begins: int | None = None
    ends: int | None = None
    description: str = Field(default="", max_length=200)


class Roster(SQLModel, table=True):
    """A cycle of days of shifts or free from a start date; when it does not repeat, that many dated days.

    `runs_on`: its crews are at work on closed days. `is_default`: who has no roster is matched by it, one at most.
    """

    __tablename__ = "roster"
    __table_args__ = (
        CheckConstraint("days BETWEEN 1 AND 371", name="days"),
        Index(
            "uq_roster_default",
            "is_default",
            unique=True,
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100, unique=True)
    starts_on: date
    days: int
    repeats: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    runs_on: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    is_default: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class RosterDay(SQLModel, table=True):
    """A shift on one day of a roster, of which a day may have several; a day without a row is free."""

    __tablename__ = "roster_day"
    __table_args__ = (CheckConstraint("day BETWEEN 0 AND 370", name="day"),)
    roster_id: int = Field(foreign_key="roster.id", primary_key=True)
    day: int = Field(primary_key=True)
    shift_id: int = Field(foreign_key="shift.id", primary_key=True, index=True)


class WorkTime(SQLModel, table=True):
    """A person's roster, until the first change of it, and whether they can work remotely."""

    __tablename__ = "work_time"
    __table_args__ = ({"info": _WORKS},)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    roster_id: int | None = Field(default=None, foreign_key="roster.id", index=True)
    remote: bool = Field(default=False)


class RosterChange(SQLModel, table=True):
    """The roster that a person works by from a day on, until the next one."""

    __tablename__ = "roster_change"
    __table_args__ = (
        {
            "info": personal(
                _WHY,
                MATCHING,
                [Term(HOLDS, days=56), AFTER_LEAVING],
                "rosters",
                basis=LEARNING,
                source=[BY_HR, BY_PERSON],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    from_day: date = Field(primary_key=True)
    roster_id: int | None = Field(default=None, foreign_key="roster.id", index=True)


class DayOff(SQLModel, table=True):
    """A weekday taken out of a person's roster: off, or at school."""

    __tablename__ = "day_off"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        {"info": _WORKS},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    weekday: int = Field(primary_key=True)
    school: bool = Field(default=False)
