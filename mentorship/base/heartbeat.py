"""When something that should happen all the time happened last: silence is then seen, and not taken for peace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col

from mentorship.base.db import UtcDateTime, insert_new


class Heartbeat(SQLModel, table=True):
    """The last time of one thing."""

    __tablename__ = "heartbeat"
    name: str = Field(primary_key=True, max_length=40)
    at: datetime = Field(sa_type=UtcDateTime)


def beat(session: Session, name: str, now: datetime) -> None:
    """Note that something happened now."""
    row = {"name": name, "at": now}
    insert_new(session, Heartbeat, [row])
    this = col(Heartbeat.name) == name
    change = update(Heartbeat).where(this)
    session.exec(change.values(at=now))


def last(session: Session, name: str) -> datetime | None:
    """Return when something happened last."""
    found = session.get(Heartbeat, name)
    return found.at if found else None
