"""One row of settings for the whole programme."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, CheckConstraint, Column, Numeric
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.matching import DEFAULT_WEIGHTS


class Programme(SQLModel, table=True):
    """The settings; there is one row, with id 1."""

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("hours_per_pair > 0 AND hours_per_pair <= 40", name="hours_per_pair"),
        CheckConstraint("floor >= 0 AND floor <= 1", name="floor"),
        CheckConstraint("spread >= 0 AND spread <= 1", name="spread"),
        CheckConstraint("waiting >= 0 AND waiting <= 0.1", name="waiting"),
        CheckConstraint("visibility IS NULL OR visibility IN ('released', 'classes', 'aggregates')", name="visibility"),
        CheckConstraint("NOT (no_works_council AND works_council_on IS NOT NULL)", name="works_council"),
        CheckConstraint("proposal_days BETWEEN 5 AND 60", name="proposal_days"),
        CheckConstraint("direct_days BETWEEN 0 AND 10", name="direct_days"),
        CheckConstraint("objection_days BETWEEN 0 AND 20", name="objection_days"),
        CheckConstraint("risk_moderate > 1 AND risk_moderate < risk_high", name="risk_moderate"),
        CheckConstraint("risk_high < risk_very_high AND risk_very_high <= 25", name="risk_high"),
        CheckConstraint("notes_months BETWEEN 1 AND 24", name="notes_months"),
        CheckConstraint("answers_months BETWEEN 1 AND 24", name="answers_months"),
        CheckConstraint("pairs_months BETWEEN 1 AND 24", name="pairs_months"),
    )
    id: int = Field(default=1, primary_key=True)
    hours_per_pair: Decimal = Field(default=Decimal(2), sa_column=Column(Numeric(4, 2), nullable=False))
    confirm_hours: bool = Field(default=True)
    weights: dict[str, float] = Field(
        default_factory=lambda: dict(DEFAULT_WEIGHTS), sa_column=Column(JSON, nullable=False)
    )
    floor: float = Field(default=0.30)
    spread: float = Field(default=0.02)
    waiting: float = Field(default=0.02, sa_column_kwargs={"server_default": "0.02"})
    works_council_on: date | None = None
    no_works_council: bool = Field(default=False)
    council_reference: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    dpia_on: date | None = None
    visibility: str | None = Field(default=None, max_length=20)
    visibility_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    proposal_days: int = Field(default=14)
    direct_days: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    managers_pair: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    objection_days: int = Field(default=5, sa_column_kwargs={"server_default": "5"})
    notes_months: int = Field(default=3)
    answers_months: int = Field(default=12)
    pairs_months: int = Field(default=24)
    risk_very_high: int = Field(default=16, sa_column_kwargs={"server_default": "16"})
    risk_high: int = Field(default=10, sa_column_kwargs={"server_default": "10"})
    risk_moderate: int = Field(default=5, sa_column_kwargs={"server_default": "5"})
    organisation: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    contact_name: str = Field(default="", max_length=100, sa_column_kwargs={"server_default": ""})
    contact_reach: str = Field(default="", max_length=100, sa_column_kwargs={"server_default": ""})
    guide_aside: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    version: int = Field(default=1)

    def snapshot(self) -> dict[str, Any]:
        """Return the settings as plain values for the audit log."""
        return self.model_dump(mode="json", exclude={"id"})


class VisibilityPeriod(SQLModel, table=True):
    """An earlier choice of what managers may see, and from when (None: the beginning) until when it held."""

    __tablename__ = "visibility_period"
    __table_args__ = (
        CheckConstraint("visibility IN ('released', 'classes', 'aggregates')", name="visibility"),
        CheckConstraint("since IS NULL OR since <= until", name="order"),
    )
    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True)
    visibility: str = Field(max_length=20)
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)
