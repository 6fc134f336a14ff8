"""How many newcomers are expected, as a coordinator entered it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class ExpectedNewcomers(SQLModel, table=True):
    """How many people are expected to ask for a mentor from the first of a month, at a site, in a domain."""

    __tablename__ = "expected_newcomers"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 999", name="number"),)
    month: date = Field(primary_key=True)
    site_id: int = Field(foreign_key="site.id", primary_key=True)
    domain_id: int = Field(foreign_key="domain.id", primary_key=True)
    number: int
