"""What was agreed, and what waits for that."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime

SUBJECT = "consent"
"""What the audit log calls what was agreed."""


class Consent(SQLModel, table=True):
    """What was agreed on a day, as it was shown then: never changed, and kept as long as there is a programme.

    It names nobody: who entered it stands in the audit log.

    `agreed_on`: when the works council consented, None where there is none; `reference`: that of its letter.
    `urgent`: what was narrowed before it was agreed to, since when and why. `taken_over`: of before these were kept.
    """

    __tablename__ = "consent"
    id: int | None = Field(default=None, primary_key=True)
    snapshot: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    hash: str = Field(max_length=64)
    agreed_on: date | None = None
    dpia_on: date
    reference: str = Field(default="", max_length=200)
    urgent: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    taken_over: bool = Field(default=False)
    entered_at: datetime = Field(sa_type=UtcDateTime)


class ConsentProposal(SQLModel, table=True):
    """What waits until it is agreed to: the values wanted, by name; there is at most one row, with id 1.

    `urgent`: by name what was narrowed and holds already, with the value, since when and why.
    """

    __tablename__ = "consent_proposal"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True)
    changes: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    urgent: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    made_at: datetime = Field(sa_type=UtcDateTime)
