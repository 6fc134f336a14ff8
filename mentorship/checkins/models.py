"""Check-ins of both sides of a mentorship, their answers, and the question sets they were asked by."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.personal import personal

OPEN, ANSWERED, SKIPPED, MISSED = "open", "answered", "skipped", "missed"
HELPERS = ("mentor", "coordinator", "manager", "confidant")
_OWN = "their author alone; the class of the pair as the programme's visibility says"
_ANSWERS = "12 months after the pair ended"


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
    made_at: datetime = Field(sa_type=UtcDateTime)
    questions: dict[str, list[dict[str, str]]] = Field(sa_column=Column(JSON, nullable=False))


class CheckIn(SQLModel, table=True):
    """What one side of a mentorship is asked on a date; the note is private unless its author shares it."""

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("mentorship_id", "side", "due_on"),
        CheckConstraint("side IN ('junior', 'mentor')", name="side"),
        CheckConstraint("status IN ('open', 'answered', 'skipped', 'missed')", name="status"),
        CheckConstraint("(status = 'open') = (closed_at IS NULL)", name="closed"),
        Index("ix_check_in_person", "person_id", "status"),
        {"info": personal("keep asking whether it goes well", _OWN, _ANSWERS)},
    )
    id: int | None = Field(default=None, primary_key=True)
    mentorship_id: int = Field(foreign_key="mentorship.id", index=True)
    side: str = Field(max_length=10)
    person_id: int = Field(foreign_key="person.id")
    set_id: int = Field(foreign_key="question_set.id")
    due_on: date
    opened_at: datetime = Field(sa_type=UtcDateTime)
    status: str = Field(default=OPEN, max_length=10)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str = Field(default="", max_length=2000)
    note_shared: bool = Field(default=False)
    help_from: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    closing: bool = Field(default=False)


class CheckInCode(SQLModel, table=True):
    """A code on paper, kept as a hash, that opens one check-in of somebody without mail and nothing else."""

    __tablename__ = "check_in_code"
    __table_args__ = ({"info": personal("answer without mail", "nobody; who hands it out once, on paper", "14 days")},)
    check_in_id: int = Field(sa_column=Column(Integer, ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True))
    code_hash: str = Field(max_length=64, unique=True)
    made_by: int = Field(foreign_key="person.id")
    expires_at: datetime = Field(sa_type=UtcDateTime)


class Answer(SQLModel, table=True):
    """One answer, 1-5; an empty value is "not applicable, did not work together"."""

    __tablename__ = "check_in_answer"
    __table_args__ = (
        CheckConstraint("value IS NULL OR value BETWEEN 1 AND 5", name="value"),
        {"info": personal("keep asking whether it goes well", _OWN, _ANSWERS)},
    )
    check_in_id: int = Field(sa_column=Column(Integer, ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True))
    key: str = Field(primary_key=True, max_length=40)
    value: int | None = None


class Signal(SQLModel, table=True):
    """Something that needs somebody's action, from being raised to being done; `evidence` are the dates it is from.

    `about` is who was asked for help, or which rule fails; see `balance.Signal`. `released_at`: one side lets its
    own line see it, where lines see only what is released. `asked_id`: whose help was asked, when it is one person's.
    """

    __tablename__ = "signal"
    __table_args__ = (
        UniqueConstraint("mentorship_id", "kind", "side", "about", "since"),
        CheckConstraint("side IN ('junior', 'mentor', 'both')", name="side"),
        CheckConstraint("status IN ('open', 'taken', 'done')", name="status"),
        CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="done"),
        Index("ix_signal_status", "status"),
        {"info": personal("act in time", "whom it is for, by the programme's visibility", _ANSWERS)},
    )
    id: int | None = Field(default=None, primary_key=True)
    mentorship_id: int = Field(foreign_key="mentorship.id", index=True)
    kind: str = Field(max_length=30)
    side: str = Field(max_length=10)
    about: str = Field(default="", max_length=20)
    since: date
    returned: bool = Field(default=False)
    evidence: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    raised_at: datetime = Field(sa_type=UtcDateTime)
    status: str = Field(default="open", max_length=10)
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    action: str = Field(default="", max_length=30)
    outcome: str = Field(default="", max_length=500)
    look_again_on: date | None = None
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_by: int | None = Field(default=None, foreign_key="person.id")
    asked_id: int | None = Field(default=None, foreign_key="person.id")
