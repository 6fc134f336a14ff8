"""Something that needs somebody's action."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import ANSWERS_KEPT, BY_COLLEAGUES, BY_SERVICE, LEARNING, personal


class Signal(SQLModel, table=True):
    """Something that needs somebody's action, from being raised to being done; `evidence` are the dates it is from.

    `about` is who was asked for help, or which rule fails; see `balance.Signal`. `released_at`: one side lets its
    own line see it, where lines see only what is released. `asked_id`: whose help was asked, when it is one person's;
    `seen_at`: when they said that they saw it. `matter`: whether something was the matter, said at its closing.
    `did`: what the service itself did about it, see `checkins.steps`. `asked_hours`: to what the mentor's manager is
    asked to lower the hours; `talk_on`: the day of a talk about it; `handed_at`: when its owner got it from another.
    """

    __tablename__ = "signal"
    __table_args__ = (
        UniqueConstraint("mentorship_id", "kind", "side", "about", "since"),
        CheckConstraint("side IN ('junior', 'mentor', 'both')", name="side"),
        CheckConstraint("status IN ('open', 'taken', 'done')", name="status"),
        CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="done"),
        Index("ix_signal_status", "status"),
        {
            "info": personal(
                N_("act in time"),
                N_("whom it is for, by the programme's visibility"),
                ANSWERS_KEPT,
                "answers",
                basis=LEARNING,
                source=[BY_SERVICE, BY_COLLEAGUES],
            )
        },
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
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    matter: bool | None = None
    did: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column(JSON, nullable=False, server_default="[]"),
    )
    asked_hours: Decimal | None = Field(default=None, sa_column=Column(Numeric(4, 2)))
    talk_on: date | None = None
    handed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
