"""What managers said to a pair before it began."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_COLLEAGUES, LEARNING, OVER, PAIRS, Term, personal

FINE = ""
"""A manager looked, and has nothing against it."""
REASONS = ("not_in_planning", "other_project", "too_much", "better_other")
"""Why not now: the short list, and nothing beside it."""


def _with(table: str) -> Column[int]:
    return Column(Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=True)


class Objection(SQLModel, table=True):
    """What a manager said to a pair of a round, or to a proposal made at once: not now, and why, or that it is fine.

    `manager_id` is whose answer it is, `by_id` who gave it: the same, or who stood in for them.
    """

    __tablename__ = "objection"
    __table_args__ = (
        UniqueConstraint("round_id", "request_id", "mentor_id", "manager_id"),
        UniqueConstraint("mentorship_id", "manager_id"),
        CheckConstraint(f"reason IN {(FINE, *REASONS)}", name="reason"),
        CheckConstraint("(round_id IS NULL) <> (mentorship_id IS NULL)", name="one"),
        {
            "info": personal(
                N_("let managers object to a pair before it begins"),
                N_("coordinator, the managers of both sides"),
                Term(OVER, setting=PAIRS),
                "rounds",
                basis=LEARNING,
                source=[BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    round_id: int | None = Field(default=None, sa_column=_with("round"))
    mentorship_id: int | None = Field(default=None, sa_column=_with("mentorship"))
    request_id: int = Field(foreign_key="mentor_request.id")
    mentor_id: int = Field(foreign_key="person.id", index=True)
    manager_id: int = Field(foreign_key="person.id", index=True)
    by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default=FINE, max_length=20)
    objected_at: datetime = Field(sa_type=UtcDateTime)
