"""Check-ins of both sides of a mentorship, and their answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.clock import local_date
from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import (
    ANSWERS_KEPT,
    BY_PERSON,
    LEARNING,
    MADE,
    NOTES_KEPT,
    OWN_CHOICE,
    Term,
    personal,
    reckoned,
)

SUBJECT = "check-in"
"""What the audit log calls a check-in, and everything that is decided about them all."""
OPEN, ANSWERED, SKIPPED, MISSED = "open", "answered", "skipped", "missed"
HELPERS = ("mentor", "coordinator", "manager", "confidant")
_OWN = N_(
    "their author alone; the coordinator reads the class of the pair, and one's managers whether this side is low "
    "where the programme says so"
)
_WHY = N_("keep asking whether it goes well")
_ASKED = personal(_WHY, _OWN, ANSWERS_KEPT, "answers", basis=LEARNING, source=[BY_PERSON])
_TOLD = personal(
    N_("say what the answers do not"),
    N_("their author alone; who it is shared with, when its author shares it"),
    NOTES_KEPT,
    "notes",
    basis=OWN_CHOICE,
    source=[BY_PERSON],
)


class CheckIn(SQLModel, table=True):
    """What one side of a mentorship is asked on a date; the note is private unless its author shares it.

    `due_on` tells the check-ins of a side apart: a closing one that follows another of the same day has the next free.
    `asked`: the keys of the questions, fixed when it opens; none for the whole set.
    `slip_by_id` made the slip by which answers came in, if they did; its person's own is that it came in on a shared
    tablet, by their card. `slip_seen_at`: its person said that it was them.
    `let_known_at`: its author said, when asked back, that somebody shall know of a lowest answer.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("mentorship_id", "side", "due_on"),
        CheckConstraint("side IN ('junior', 'mentor')", name="side"),
        CheckConstraint("status IN ('open', 'answered', 'skipped', 'missed')", name="status"),
        CheckConstraint("(status = 'open') = (closed_at IS NULL)", name="closed"),
        Index("ix_check_in_person", "person_id", "status"),
        {"info": _ASKED},
    )
    id: int | None = Field(default=None, primary_key=True)
    mentorship_id: int = Field(foreign_key="mentorship.id", index=True)
    side: str = Field(max_length=10)
    person_id: int = Field(foreign_key="person.id")
    set_id: int = Field(foreign_key="question_set.id")
    due_on: date
    opened_at: datetime = Field(sa_type=UtcDateTime)
    status: str = Field(default=OPEN, max_length=10)
    closed_at: datetime | None = Field(default=None, index=True, sa_type=UtcDateTime)
    note: str = Field(default="", max_length=2000, sa_column_kwargs={"info": _TOLD})
    note_shared: bool = Field(default=False)
    help_from: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    closing: bool = Field(default=False)
    asked: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    slip_by_id: int | None = None
    slip_seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    let_known_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def asked_on(self) -> date:
        """The day that people read on it: never later than it was opened."""
        opened_on = local_date(self.opened_at)
        return min(self.due_on, opened_on)

    @classmethod
    def opening(cls, **about: Any) -> dict[str, Any]:
        """Return the values of a row that is open and in which nothing was filled in yet."""
        empty = {
            "status": OPEN,
            "note": "",
            "note_shared": False,
            "help_from": [],
            "closing": False,
            "asked": None,
        }
        return {**empty, **about}


class Answer(SQLModel, table=True):
    """One answer, 1-5; an empty value is "not applicable, did not work together"."""

    __tablename__ = "check_in_answer"
    __table_args__ = (
        CheckConstraint("value IS NULL OR value BETWEEN 1 AND 5", name="value"),
        {"info": _ASKED},
    )
    check_in_id: int = Field(sa_column=Column(Integer, ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True))
    key: str = Field(primary_key=True, max_length=40)
    value: int | None = None


class CheckInCode(SQLModel, table=True):
    """A code on paper, kept as a hash, that opens one check-in of somebody without mail and nothing else."""

    __tablename__ = "check_in_code"
    __table_args__ = (
        {
            "info": reckoned(
                N_("answer without mail"), N_("nobody; who hands it out once, on paper"), Term(MADE, days=14), "slips"
            )
        },
    )
    check_in_id: int = Field(sa_column=Column(Integer, ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True))
    code_hash: str = Field(max_length=64, unique=True)
    made_by: int = Field(foreign_key="person.id")
    expires_at: datetime = Field(sa_type=UtcDateTime)
