"""The address by which the first person comes in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime


class FirstAddress(SQLModel, table=True):
    """The code in the address that was told last, as a hash: one at most, until somebody came in by it."""

    __tablename__ = "first_address"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: int = Field(default=1, primary_key=True)
    code_hash: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime)
