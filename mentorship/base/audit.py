"""The audit log: who decided what, when. Rows carry plain ids, never answers or notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, Index, delete
from sqlmodel import Field, Session, SQLModel, col, select

from mentorship.base import security
from mentorship.base.db import UtcDateTime
from mentorship.base.personal import personal

KEPT = timedelta(days=730)
EVENTS = {
    "set roles": "roles.changed",
    "issue activation codes": "code.made",
    "make check-in codes": "slip.made",
    "activate account": "activation.good",
    "confirm account": "account.confirmed",
    "change password": "password.changed",
    "come in first": "first.good",
    "turn on second factor": "second_factor.on",
    "turn off second factor": "second_factor.off",
    "reset second factor": "second_factor.reset",
    "use recovery code": "second_factor.recovery_used",
    "make recovery codes": "second_factor.codes_made",
    "add tablet": "tablet.added",
    "enrol tablet": "tablet.enrolled",
    "end tablet": "tablet.ended",
    "make tablet cards": "card.made",
    "revoke tablet cards": "card.revoked",
    "choose tablet PIN": "pin.chosen",
    "change programme": "settings.changed",
    "change check-ins": "settings.changed",
    "change questions": "settings.changed",
}
"""What the security log calls decisions about who may get where; it hears of them once they are committed."""


class AuditRow(SQLModel, table=True):
    """One decision of one person (`actor_id` None: the service itself)."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_subject", "subject", "subject_id"),
        {"info": personal("show who decided what", "admin; coordinator for rounds", "24 months")},
    )
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    actor_id: int | None = Field(default=None, index=True)
    verb: str = Field(max_length=60)
    subject: str = Field(max_length=40)
    subject_id: int | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def record(
    session: Session,
    now: datetime,
    actor_id: int | None,
    verb: str,
    subject: str,
    subject_id: int | None,
    **details: Any,
) -> None:
    """Add a row to the audit log within the transaction of the decision itself."""
    row = AuditRow(
        at=now,
        actor_id=actor_id or None,
        verb=verb,
        subject=subject,
        subject_id=subject_id,
        details=details,
    )
    session.add(row)
    event = security_event(verb, details)
    if event:
        security.note_once_done(
            session,
            event,
            by=actor_id or None,
            person=subject_id if subject == "person" else None,
            **_facts(verb, details),
        )


def security_event(verb: str, details: Mapping[str, Any]) -> str:
    """Return what the security log calls a decision; "" for one that is none of its business."""
    if verb == "change person":
        return "address.changed" if "email" in details.get("fields", ()) else ""
    return EVENTS.get(verb, "")


def _facts(verb: str, details: Mapping[str, Any]) -> dict[str, security.Fact]:
    """Return what the security log tells of a decision besides who made it about whom."""
    facts: dict[str, security.Fact] = {}
    if verb == "set roles":
        facts = {"before": details["before"], "after": details["after"]}
    return facts


def purge(session: Session, now: datetime) -> None:
    """Delete what was noted longer ago than it is kept."""
    long_ago = col(AuditRow.at) < now - KEPT
    purging = delete(AuditRow).where(long_ago)
    session.exec(purging)


def history(session: Session, subject: str, subject_id: int, limit: int = 100) -> list[AuditRow]:
    """Return the newest decisions about one thing, newest first."""
    found = select(AuditRow).where(
        AuditRow.subject == subject,
        AuditRow.subject_id == subject_id,
    )
    newest_first = found.order_by(
        col(AuditRow.at).desc(),
        col(AuditRow.id).desc(),
    )
    return list(session.exec(newest_first.limit(limit)))
