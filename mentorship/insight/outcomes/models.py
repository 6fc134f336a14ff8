"""Outcomes of closed quarters, kept as they were on the day a quarter closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Column, Field, SQLModel


class KeptOutcome(SQLModel, table=True):
    """The outcomes of a quarter, of the whole (`site` 0) or of a site as it was called then; they never change.

    `quarter` is its first day. Of a site only what may be shown is kept: nothing of fewer than five people.
    """

    __tablename__ = "kept_outcome"
    __table_args__ = (UniqueConstraint("quarter", "site"),)
    id: int | None = Field(default=None, primary_key=True)
    quarter: date
    site: int = 0
    name: str = Field(default="", max_length=200)
    figures: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
