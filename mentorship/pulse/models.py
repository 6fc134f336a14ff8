"""A wave, whom it asked, what came in so far, and what is kept of it once it is closed.

**Why nothing links a slip to a person.** What somebody sends goes to the buffer, by a random key, without person or
time; beside their name is noted only that they took part. No backup holds either: after restoring one, a wave that is
open asks everybody anew. At the close one transaction writes what came in anew, each
answer on a slip of its own, under new random keys, in the order of those; who was asked is forgotten and the buffer
emptied. So a slip has no neighbour, no order and no transaction in common with anything that a person did. SQLite
keeps these tables by their key alone (no rowid), and overwrites what is deleted; PostgreSQL truncates the buffer, so
that not even dead rows with the number of their transaction stay behind.

**What cannot be excluded**: while a wave is open, a database administrator can see the buffer grow; and copies of the
disk or of the log of PostgreSQL made in those weeks hold what was there then. The page says so.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import ENDED, NEVER_IN_BACKUPS, NO_ONE, Term, reckoned

BY_ROLE, WHOLE = "role", "none"
GROUPINGS = (BY_ROLE, WHOLE)
MONTHS_KEPT = 36
"""So long a closed wave is kept, so that there are three to look back on."""


class PulseWave(SQLModel, table=True):
    """A wave: its first and last day, how answers are grouped, and, once closed, how many were asked and answered.

    `agreed_on`: when the works council agreed to what it asks (None where there is no council); `asks`: the
    fingerprint of that. Other questions are asked of nobody under this agreement.
    """

    __tablename__ = "pulse_wave"
    __table_args__ = (
        CheckConstraint("opens_on <= closes_on", name="days"),
        CheckConstraint("grouping IN ('role', 'none')", name="grouping"),
        CheckConstraint("invited >= answered AND answered >= 0", name="counts"),
    )
    id: int | None = Field(default=None, primary_key=True)
    opens_on: date = Field(unique=True)
    closes_on: date
    grouping: str = Field(max_length=10)
    agreed_on: date | None = None
    asks: str = Field(default="", max_length=64)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    invited: int = 0
    answered: int = 0


class PulseInvited(SQLModel, table=True):
    """Somebody whom the open wave asks, in which group they count, and whether they took part; gone at the close."""

    __tablename__ = "pulse_invited"
    __table_args__ = {
        "sqlite_with_rowid": False,
        "info": reckoned(
            N_("ask everybody once whether they will fill in the pulse, and let nobody do so twice"),
            NO_ONE,
            Term(ENDED, days=2),
            "pulse",
        )
        | {NEVER_IN_BACKUPS: True},
    }
    wave_id: int = Field(foreign_key="pulse_wave.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    grouped: str = Field(max_length=10)
    invited_on: date
    taken: bool = Field(default=False)


class PulseBuffer(SQLModel, table=True):
    """What somebody sent while a wave is open: no person, no time, a random key."""

    __tablename__ = "pulse_buffer"
    __table_args__ = {"sqlite_with_rowid": False, "info": {NEVER_IN_BACKUPS: True}}
    key: str = Field(primary_key=True, max_length=32)
    wave_id: int = Field(foreign_key="pulse_wave.id")
    grouped: str = Field(max_length=10)
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class PulseSlip(SQLModel, table=True):
    """One answer to one question of a closed wave: no person, no time, not even the other answers of who gave it.

    `grouped`: "" where the group of who gave it was too small to be told apart.
    """

    __tablename__ = "pulse_slip"
    __table_args__ = {"sqlite_with_rowid": False}
    key: str = Field(primary_key=True, max_length=32)
    wave_id: int = Field(foreign_key="pulse_wave.id")
    question: str = Field(max_length=20)
    grouped: str = Field(max_length=10)
    answer: str = Field(max_length=20)
