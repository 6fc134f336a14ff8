"""Codes on paper that open one check-in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.personal import personal


class CheckInCode(SQLModel, table=True):
    """A code on paper, kept as a hash, that opens one check-in of somebody without mail and nothing else."""

    __tablename__ = "check_in_code"
    __table_args__ = ({"info": personal("answer without mail", "nobody; who hands it out once, on paper", "14 days")},)
    check_in_id: int = Field(sa_column=Column(Integer, ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True))
    code_hash: str = Field(max_length=64, unique=True)
    made_by: int = Field(foreign_key="person.id")
    expires_at: datetime = Field(sa_type=UtcDateTime)
