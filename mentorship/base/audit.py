"""The audit log: who decided what, when, with what was and what became. Never answers, notes or what is private."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, Index, delete, event
from sqlalchemy.orm import Session as BareSession
from sqlmodel import Field, Session, SQLModel, col, select

from mentorship.base import security
from mentorship.base.audit_values import MOST
from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import ACCOUNTABLE, BY_SERVICE, MADE, Term, personal

KEPT = timedelta(days=730)
_RECORDED = "audit"
EVENTS = {
    "set roles": "roles.changed",
    "make activation code": "code.made",
    "make check-in code": "slip.made",
    "revoke activation code": "code.revoked",
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
    "retry mail": "mail.retried",
    "drop mail": "mail.dropped",
    "change programme": "settings.changed",
    "change check-ins": "settings.changed",
    "change questions": "settings.changed",
    "make link to papers": "papers.link_made",
    "revoke link to papers": "papers.link_revoked",
    "open papers by link": "papers.opened",
}
"""What the security log calls decisions about who may get where; it hears of them once they are committed."""


class AuditRow(SQLModel, table=True):
    """One decision of one person (`actor_id` None: the service itself)."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_subject", "subject", "subject_id"),
        Index("ix_audit_verb", "verb", "at", "id"),
        {
            "info": personal(
                N_("show who decided what"),
                N_("admin; coordinator for rounds"),
                Term(MADE, months=24),
                "audit",
                basis=ACCOUNTABLE,
                source=[BY_SERVICE],
            )
        },
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
    session.info.setdefault(_RECORDED, []).append(row)
    told = security_event(verb, details)
    if told:
        security.note_once_done(
            session,
            told,
            by=actor_id or None,
            person=subject_id if subject == "person" else None,
            **_facts(verb, details),
        )


def add_values(
    session: Session,
    verb: str,
    subject: str,
    subject_id: int | None,
    changed: Iterable[tuple[int | None, dict[str, Any]]],
) -> None:
    """Add values, of whom and as they were and became, to what this transaction records of a decision.

    Of a decision about many people each has a row of their own: the values go to those of whom they are.
    """
    recorded: dict[tuple[str, int | None], AuditRow] = {}
    of_verb: AuditRow | None = None
    wanted = verb, subject, subject_id
    rows = session.info.get(_RECORDED, ())
    for row in rows:
        about = row.subject, row.subject_id
        recorded[about] = row
        if (row.verb, *about) == wanted:
            of_verb = row
    for person_id, change in changed:
        theirs = recorded.get(("person", person_id))
        kept_in = of_verb or theirs
        if kept_in is not None:
            details = _with(kept_in.details, change)
            kept_in.details = details


def _with(details: Mapping[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    kept = list(details.get("changes", ()))
    if len(kept) >= MOST:
        more = details.get("more", 0) + 1
        return {**details, "more": more}
    return {**details, "changes": [*kept, change]}


@event.listens_for(BareSession, "after_commit")
@event.listens_for(BareSession, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_RECORDED, None)


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
