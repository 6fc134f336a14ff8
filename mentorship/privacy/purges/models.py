"""When a purge passed last, and how much it took away. Nothing of whose it was."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime


class PurgePass(SQLModel, table=True):
    """One purge: when it passed last, the rows it took then, when it took any, and how many in all since `since`."""

    __tablename__ = "purge_pass"
    name: str = Field(primary_key=True, max_length=40)
    since: datetime = Field(sa_type=UtcDateTime)
    at: datetime = Field(sa_type=UtcDateTime)
    rows: int
    took_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    total: int
