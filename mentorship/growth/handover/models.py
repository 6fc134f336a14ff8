"""A handover plan and its pieces: one for each domain that is passed on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import AFTER_LEAVING, BY_COLLEAGUES, BY_PERSON, LEARNING, personal

NOT_BEGUN, UNDER_WAY, PASSED_ON, WRITTEN_DOWN = range(4)
"""How far a piece is, in this order."""
STEPS = (NOT_BEGUN, UNDER_WAY, PASSED_ON, WRITTEN_DOWN)
_OF_WHO_LEAVES = personal(
    N_("pass on what only somebody who leaves knows"),
    N_("the person; the coordinator once the person shares it or a last day is known"),
    AFTER_LEAVING,
    "people",
    basis=LEARNING,
    source=[BY_PERSON, BY_COLLEAGUES],
)


class HandoverPlan(SQLModel, table=True):
    """That somebody has a handover plan: who began it, and whether the coordinator sees it without a last day."""

    __tablename__ = "handover_plan"
    __table_args__ = ({"info": _OF_WHO_LEAVES},)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    started_at: datetime = Field(sa_type=UtcDateTime)
    started_by: int | None = Field(default=None, foreign_key="person.id")
    shared: bool = Field(default=False)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class HandoverPiece(SQLModel, table=True):
    """A domain that is passed on: who takes it over, by when, where it is written down, how far by hand and since when.

    `receiver_id`: whom was thought of, who knows nothing of it until they are asked for a pair.
    """

    __tablename__ = "handover_piece"
    __table_args__ = (
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("step BETWEEN 0 AND 3", name="step"),
        CheckConstraint("receiver_id IS NULL OR receiver_id <> person_id", name="two_people"),
        CheckConstraint("step < 3 OR place <> ''", name="place"),
        {"info": _OF_WHO_LEAVES},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    domain_id: int = Field(foreign_key="domain.id", primary_key=True, index=True)
    position: int
    receiver_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    due_on: date | None = None
    place: str = Field(default="", max_length=200)
    step: int = Field(default=NOT_BEGUN)
    stepped_on: date | None = None
