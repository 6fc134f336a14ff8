"""A mentorship from proposal to ending: its goals and levels, the hours that mentors note, what it came to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, false, text
from sqlmodel import Field, SQLModel

from mentorship.base.clock import local_date
from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.kept_rows import BESIDE
from mentorship.base.personal import (
    BY_COLLEAGUES,
    BY_HR,
    BY_PERSON,
    BY_SERVICE,
    LEARNING,
    PAIRS_KEPT,
    personal,
    reckoned,
)

MENTOR, JUNIOR = "mentor", "junior"
"""The two sides of a pair."""
PROPOSED, ACTIVE, PAUSED, ENDED, REFUSED = "proposed", "active", "paused", "ended", "refused"
EXPIRED = "expired"
"""A proposal that was not answered in time: refused in the database, but by nobody."""
LAPSED = "lapsed"
"""A proposal of which one side left: refused in the database, but by nobody."""
TAKEN_BACK = "withdrawn"
"""A proposal that was withdrawn before both answered: refused in the database, but by neither of the two."""
OCCUPYING = (PROPOSED, ACTIVE, PAUSED)
UNSAID, REACHED, TIME, CHANGED, NOT_FITTING = "", "reached", "time", "changed", "not_fitting"
"""How a pair ended: nobody said, the goal is reached, the time is over, the work changed, these two do not fit."""
WELL = (REACHED, TIME, CHANGED)
"""After such an ending the same two may be paired again, when both name each other."""
SITE = "site"
"""The rule that both work at one site, or can work together at a distance; without it they never meet."""
_BOTH_SIDES = N_("both sides, coordinator")
_OCCUPIES = "status IN ('proposed', 'active', 'paused')"


class Mentorship(SQLModel, table=True):
    """A mentor and a junior, with the explanation copied onto it so that it never looks back at its round.

    A trigger in the database refuses a new row that would take more places than the mentor has (see migrations).
    `objections_until`: the managers of a pair that was made at once may object until then, so it starts no sooner.
    `paused_until`: while paused the day on which it goes on again (none: until somebody says so); once it runs again,
    the day it was taken up. `by_leaving`: it is over because one of the two left, which says nothing of the pair.
    `expected_end`: until when it is meant to run; nothing ends by itself then. `ended_as`: how it ended, if said.
    `withdrawn_at`: when the proposal was withdrawn, which says nothing of it either. `mentor_seen_at` and
    `junior_seen_at`: when that side opened its page first; to have looked is no answer.
    `farewell`: the thanks to both of who ended it for them. `ends_on`: the day on which it ends by itself, as somebody
    said (`ends_by_id`): how (`ends_as`), and whether the request opens again then (`ends_again`).
    """

    __tablename__ = "mentorship"
    __table_args__ = (
        CheckConstraint("mentor_id <> junior_id", name="two_people"),
        CheckConstraint("status IN ('proposed', 'active', 'paused', 'ended', 'refused')", name="status"),
        CheckConstraint("origin IN ('round', 'direct', 'import')", name="origin"),
        CheckConstraint("ended_as IN ('', 'reached', 'time', 'changed', 'not_fitting')", name="ended_as"),
        CheckConstraint("ends_as IN ('', 'reached', 'time', 'changed', 'not_fitting')", name="ends_as"),
        CheckConstraint(
            "status <> 'active' OR origin = 'import' OR (mentor_accepted AND junior_accepted)", name="both"
        ),
        Index(
            "uq_mentorship_request",
            "request_id",
            unique=True,
            sqlite_where=text(_OCCUPIES),
            postgresql_where=text(_OCCUPIES),
        ),
        Index(
            "uq_mentorship_pair",
            "mentor_id",
            "junior_id",
            unique=True,
            sqlite_where=text(_OCCUPIES),
            postgresql_where=text(_OCCUPIES),
        ),
        Index("ix_mentorship_mentor", "mentor_id", "status"),
        {
            "info": personal(
                N_("let colleagues learn from each other on the job"),
                N_("both sides, coordinator; their lines: that it exists"),
                PAIRS_KEPT,
                "pairs",
                basis=LEARNING,
                source=[BY_SERVICE, BY_HR, BY_PERSON],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    mentor_id: int = Field(foreign_key="person.id")
    junior_id: int = Field(foreign_key="person.id", index=True)
    domain_id: int = Field(foreign_key="domain.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="mentor_request.id")
    origin: str = Field(max_length=20)
    round_name: str = Field(default="", max_length=200)
    status: str = Field(default=PROPOSED, max_length=20)
    explanation: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    mentor_accepted: bool | None = None
    junior_accepted: bool | None = None
    proposed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    objections_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    started_on: date | None = None
    ended_on: date | None = None
    paused_until: date | None = None
    by_leaving: bool = Field(default=False)
    expected_end: date | None = None
    ended_as: str = Field(default=UNSAID, max_length=20, sa_column_kwargs={"server_default": ""})
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    mentor_seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"info": BESIDE})
    junior_seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"info": BESIDE})
    farewell: str = Field(default="", max_length=500, sa_column_kwargs={"server_default": ""})
    farewell_by_id: int | None = None
    ends_on: date | None = None
    ends_as: str = Field(default=UNSAID, max_length=20, sa_column_kwargs={"server_default": ""})
    ends_again: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    ends_by_id: int | None = None

    def side_of(self, person_id: int) -> str | None:
        """Return which side somebody is on; None for whoever is on neither."""
        if person_id == self.mentor_id:
            return MENTOR
        if person_id == self.junior_id:
            return JUNIOR
        return None

    def other_of(self, person_id: int) -> int:
        """Return the other one of the pair; asking it of whoever is on neither side is a fault."""
        side = self.side_of(person_id)
        if side is None:
            raise ValueError("this person is on neither side of this pair")
        return self.junior_id if side == MENTOR else self.mentor_id

    @property
    def runs(self) -> bool:
        """Whether it began and is not over; a pause is no end."""
        return self.status in (ACTIVE, PAUSED)

    def seen_by(self, side: str) -> bool:
        """Tell whether a side opened the page of its proposal."""
        seen = self.mentor_seen_at if side == MENTOR else self.junior_seen_at
        return seen is not None

    @property
    def begins_on(self) -> date | None:
        """The first day on which no manager may object any more, for a pair that was made at once."""
        if self.objections_until is None:
            return None
        return local_date(self.objections_until)

    @property
    def agreed(self) -> bool:
        """Tell whether both said yes to what is a proposal still: it starts when the managers' days are over."""
        return self.status == PROPOSED and bool(self.mentor_accepted and self.junior_accepted)

    @property
    def lapsed(self) -> bool:
        """Tell whether it was a proposal that neither refused: it expired, was withdrawn, or one of the two left."""
        answers = self.mentor_accepted, self.junior_accepted
        return self.status == REFUSED and False not in answers

    @property
    def expired(self) -> bool:
        """Tell whether it was a proposal that neither refused and not both answered in time."""
        return self.lapsed and not self.by_leaving and self.withdrawn_at is None

    @property
    def withdrawn(self) -> bool:
        """Tell whether it was a proposal that was withdrawn."""
        return self.lapsed and self.withdrawn_at is not None

    @property
    def stands(self) -> str:
        """How it stands, as people are told: its status, or "expired", "withdrawn", "lapsed" when one of them left."""
        if self.expired:
            return EXPIRED
        if self.withdrawn:
            return TAKEN_BACK
        return LAPSED if self.lapsed else self.status

    @property
    def running_since(self) -> date | None:
        """The day it started, or was last taken up again."""
        if self.status != ACTIVE or self.paused_until is None:
            return self.started_on
        if self.started_on is None:
            return self.paused_until
        return max(self.started_on, self.paused_until)


class ClosingWord(SQLModel, table=True):
    """What one side says at the end: what was reached, and the junior's thanks to the mentor."""

    __tablename__ = "closing_word"
    __table_args__ = (
        CheckConstraint("side IN ('junior', 'mentor')", name="side"),
        CheckConstraint("thanks = '' OR side = 'junior'", name="thanks"),
        {
            "info": personal(
                N_("record what was reached and thank"),
                N_("both sides, coordinator; thanks also the mentor's manager"),
                PAIRS_KEPT,
                "pairs",
                basis=LEARNING,
                source=[BY_PERSON],
            )
        },
    )
    mentorship_id: int = Field(foreign_key="mentorship.id", primary_key=True)
    side: str = Field(max_length=10, primary_key=True)
    reached: str = Field(default="", max_length=1000)
    thanks: str = Field(default="", max_length=500)


class FailingRule(SQLModel, table=True):
    """A rule of the match that a running mentorship no longer meets, and when that was found."""

    __tablename__ = "failing_rule"
    __table_args__ = (
        CheckConstraint("rule IN ('expertise', 'trainer', 'line', 'language', 'site', 'meeting')", name="rule"),
        {"info": reckoned(N_("act when a pair no longer fits"), N_("coordinator"), PAIRS_KEPT, "pairs")},
    )
    mentorship_id: int = Field(foreign_key="mentorship.id", primary_key=True)
    rule: str = Field(max_length=20, primary_key=True)
    found_at: datetime = Field(sa_type=UtcDateTime)


class ProposalReminder(SQLModel, table=True):
    """That somebody was reminded of a proposal; `by_id`: by whom, none: by the service."""

    __tablename__ = "proposal_reminder"
    __table_args__ = (
        Index("ix_proposal_reminder_person", "person_id", "reminded_at"),
        {
            "info": personal(
                N_("remind of a proposal, and not too often"),
                N_("the person, coordinator"),
                PAIRS_KEPT,
                "pairs",
                basis=LEARNING,
                source=[BY_SERVICE, BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    mentorship_id: int = Field(foreign_key="mentorship.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    reminded_at: datetime = Field(sa_type=UtcDateTime)
    by_id: int | None = Field(default=None, foreign_key="person.id")
