"""When something that should happen all the time happened last: silence is then seen, and not taken for peace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from mentorship.base.db import UtcDateTime, insert_new

MAIL = "mail"
"""What beats as often as any worker does, whether or not it has mail to send."""


class Heartbeat(SQLModel, table=True):
    """The last time of one thing."""

    __tablename__ = "heartbeat"
    name: str = Field(primary_key=True, max_length=40)
    at: datetime = Field(sa_type=UtcDateTime)


class JobFailure(SQLModel, table=True):
    """The last time that a job of the timetable failed, and by which kind of fault; no word of what was in hand."""

    __tablename__ = "job_failure"
    job: str = Field(primary_key=True, max_length=40)
    at: datetime = Field(sa_type=UtcDateTime)
    why: str = Field(max_length=60)


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


def fail(session: Session, job: str, fault: str, now: datetime) -> None:
    """Note that a job failed now."""
    failed = JobFailure(
        job=job,
        at=now,
        why=fault[:60],
    )
    session.merge(failed)


def failures(session: Session, since: datetime) -> list[JobFailure]:
    """Return the jobs that failed since a moment, the last one first."""
    lately = select(JobFailure).where(col(JobFailure.at) >= since)
    last_first = lately.order_by(col(JobFailure.at).desc())
    return list(session.exec(last_first))
