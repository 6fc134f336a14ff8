"""Where a site keeps other days than the public holidays of its region."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel


class ClosedDay(SQLModel, table=True):
    """A day on which a site is closed, or (`closed` is false) a public holiday on which it works."""

    __tablename__ = "closed_day"
    site_id: int = Field(foreign_key="site.id", primary_key=True)
    day: date = Field(primary_key=True)
    closed: bool
