"""A round, its pairs, the requests nobody was found for, and what people decided about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, LargeBinary
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_COLLEAGUES, BY_SERVICE, LEARNING, OVER, PAIRS, Term, personal

DRAFT = "draft"
SOLVING = "solving"
SOLVED = "solved"
ANNOUNCED = "announced"
PUBLISHED = "published"
CLOSED = "closed"
STATES = DRAFT, SOLVING, SOLVED, ANNOUNCED, PUBLISHED, CLOSED
"""From opening to closing; not every round is announced."""
LOCK = "lock"
FORBID = "forbid"
_INFO = personal(
    N_("run a match round"),
    N_("coordinator"),
    Term(OVER, setting=PAIRS),
    "rounds",
    basis=LEARNING,
    source=[BY_SERVICE, BY_COLLEAGUES],
)


def _round_key(primary: bool = True) -> Column[int]:
    return Column(Integer, ForeignKey("round.id", ondelete="CASCADE"), primary_key=primary, nullable=False)


class Round(SQLModel, table=True):
    """One match round with the settings it is solved by and the certificate of its outcome.

    `objections_until`: the end of the last day on which managers may object, of what was announced first.
    `solve_again`: an announced round of which an objection changed what it is solved by.
    """

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint(f"status IN {STATES}", name="status"),
        CheckConstraint("floor >= 0 AND floor <= 1", name="floor"),
        CheckConstraint("spread >= 0 AND spread <= 1", name="spread"),
        CheckConstraint("waiting >= 0 AND waiting <= 0.1", name="waiting"),
        CheckConstraint("unmatched_cost IS NULL OR unmatched_cost >= 0", name="unmatched_cost"),
        {"info": _INFO},
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    status: str = Field(default=DRAFT, max_length=20)
    version: int = Field(default=1)
    site_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    weights: dict[str, float] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    floor: float
    spread: float
    waiting: float = Field(default=0.0, sa_column_kwargs={"server_default": "0"})
    unmatched_cost: float | None = None
    seed: int = Field(default=0)
    created_at: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    renewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    stage: str = Field(default="", max_length=40)
    failure: str = Field(default="", max_length=500)
    solved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    announced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    objections_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    solve_again: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    input_hash: str = Field(default="", max_length=64)
    quality: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    problem: bytes | None = Field(default=None, sa_column=Column(LargeBinary))


class RoundPair(SQLModel, table=True):
    """A pair of a solved round with its score in millionths and the criteria's parts."""

    __tablename__ = "round_pair"
    __table_args__ = ({"info": _INFO},)
    round_id: int = Field(sa_column=_round_key())
    request_id: int = Field(foreign_key="mentor_request.id", primary_key=True)
    mentor_id: int = Field(foreign_key="person.id", index=True)
    score: int
    explanation: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class RoundUnmatched(SQLModel, table=True):
    """A request nobody was found for, with the mentors that remained after each rule."""

    __tablename__ = "round_unmatched"
    __table_args__ = ({"info": _INFO},)
    round_id: int = Field(sa_column=_round_key())
    request_id: int = Field(foreign_key="mentor_request.id", primary_key=True)
    funnel: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class RoundOverride(SQLModel, table=True):
    """A decision by a person: this pair is kept (lock) or may not be (forbid)."""

    __tablename__ = "round_override"
    __table_args__ = (CheckConstraint("kind IN ('lock', 'forbid')", name="kind"), {"info": _INFO})
    round_id: int = Field(sa_column=_round_key())
    request_id: int = Field(foreign_key="mentor_request.id", primary_key=True)
    mentor_id: int = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(max_length=20)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)


class AnnouncedPair(SQLModel, table=True):
    """A pair that managers were told of, since when, and the end of the last day on which they may object."""

    __tablename__ = "announced_pair"
    __table_args__ = ({"info": _INFO},)
    round_id: int = Field(sa_column=_round_key())
    request_id: int = Field(foreign_key="mentor_request.id", primary_key=True)
    mentor_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    announced_at: datetime = Field(sa_type=UtcDateTime)
    objections_until: datetime = Field(sa_type=UtcDateTime)
