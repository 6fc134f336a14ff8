"""A mentor request and its needs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_COLLEAGUES, BY_HR, BY_PERSON, LEARNING, PAIRS_KEPT, personal, reckoned

OPEN, PLACED, WITHDRAWN = "open", "placed", "withdrawn"
UNANSWERED, ADDED, NOT_NOW = "", "place", "not now"
"""What a mentor who was asked for a place came to."""
_IS_OPEN = text("status = 'open'")
_ASKED = personal(
    N_("find a mentor"),
    N_("the person, coordinator, and the mentor once proposed"),
    PAIRS_KEPT,
    "requests",
    basis=LEARNING,
    source=[BY_PERSON, BY_HR],
)


class MentorRequest(SQLModel, table=True):
    """A wish for a mentor: one to three needs and a goal in words; open, placed with a mentor, or withdrawn.

    `waited`: how many published rounds left it without a mentor. `asked_by_id`: who asked on behalf of somebody, who
    confirms it by accepting a mentor. `outside_on`: when the coordinator noted that a training outside is looked for,
    because nobody here can teach it. `trainer`: the mentor must be a practice trainer.
    """

    __tablename__ = "mentor_request"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'placed', 'withdrawn')", name="status"),
        Index("uq_mentor_request_open", "person_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
        Index("ix_mentor_request_status", "status"),
        {"info": _ASKED},
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    goal: str = Field(default="", max_length=2000)
    status: str = Field(default=OPEN, max_length=20)
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    waited: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    asked_by_id: int | None = None
    outside_on: date | None = None
    trainer: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class Need(SQLModel, table=True):
    """One domain of a request; position 1 is the main need."""

    __tablename__ = "need"
    __table_args__ = (
        CheckConstraint("position BETWEEN 1 AND 3", name="position"),
        CheckConstraint("current_level BETWEEN 0 AND 4 AND target_level <= 5", name="levels"),
        CheckConstraint("target_level > current_level", name="higher"),
        CheckConstraint("importance BETWEEN 1 AND 3", name="importance"),
        UniqueConstraint("request_id", "domain_id"),
        {"info": _ASKED},
    )
    request_id: int = Field(foreign_key="mentor_request.id", primary_key=True)
    position: int = Field(primary_key=True)
    domain_id: int = Field(foreign_key="domain.id", index=True)
    current_level: int
    target_level: int
    importance: int


class RequestOutcome(SQLModel, table=True):
    """What the last published round came to for a request nobody was found for, in merged counts.

    How many colleagues know enough (`able`), could be paired with the person (`reachable`: whatever rule stands between
    the others), have a free place (`free`), and fit well enough (`fitting`).
    """

    __tablename__ = "request_outcome"
    __table_args__ = (
        CheckConstraint("able >= reachable AND reachable >= free AND free >= fitting AND fitting >= 0", name="counts"),
        {"info": reckoned(N_("say why nobody was found"), N_("the person, coordinator"), PAIRS_KEPT, "requests")},
    )
    request_id: int = Field(primary_key=True, foreign_key="mentor_request.id")
    round_name: str = Field(max_length=200)
    told_at: datetime = Field(sa_type=UtcDateTime)
    able: int
    reachable: int
    free: int
    fitting: int


class PlaceAsked(SQLModel, table=True):
    """That a mentor was asked for one more place, because a request waits for one: when, by whom, and the answer.

    `waiting`: how many open requests could go to them but for a place; `gain`: how many more of all get a mentor by one
    place with them; both as they were counted then, and as the mentor is told.
    """

    __tablename__ = "place_asked"
    __table_args__ = (
        CheckConstraint("answer IN ('', 'place', 'not now')", name="answer"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("waiting >= 0 AND gain >= 0", name="counts"),
        {
            "info": personal(
                N_("ask a mentor for a place that somebody waits for"),
                N_("the mentor, coordinator; who waits reads that a colleague was asked, not who"),
                PAIRS_KEPT,
                "requests",
                basis=LEARNING,
                source=[BY_COLLEAGUES, BY_PERSON],
            )
        },
    )
    mentor_id: int = Field(foreign_key="person.id", primary_key=True)
    request_id: int = Field(foreign_key="mentor_request.id", primary_key=True, index=True)
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    waiting: int = 0
    gain: int = 0
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str = Field(default=UNANSWERED, max_length=10)
