"""Verbs of the console: revoke a code, let a mail that failed be tried again, drop it. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col

from mentorship.base import audit, outbox
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.outbox import OutboxRow
from mentorship.people.access import Actor
from mentorship.people.models import ActivationCode

NO_CODE = N_("This code was used or revoked already.")
NO_MAIL = N_("This mail does not wait here any more.")


def revoke(session: Session, actor: Actor, code_id: int, now: datetime) -> None:
    """Let a code that was made open nothing any more."""
    code = locked(session, ActivationCode, code_id)
    if code is None or code.used_at is not None:
        raise Refused(NO_CODE)
    session.delete(code)
    audit.record(
        session,
        now,
        actor.person_id,
        "revoke activation code",
        "person",
        code.person_id,
    )


def retry(session: Session, actor: Actor, mail_id: int, now: datetime) -> None:
    """Let a mail that failed be tried again from the start."""
    mail = _failed(session, mail_id)
    outbox.retry(session, now, col(OutboxRow.id) == mail_id)
    _record(session, actor, "retry mail", mail, now)


def drop(session: Session, actor: Actor, mail_id: int, now: datetime) -> None:
    """Give a mail that failed up for good, with its words."""
    mail = _failed(session, mail_id)
    outbox.drop(session, now, col(OutboxRow.id) == mail_id)
    _record(session, actor, "drop mail", mail, now)


def _failed(session: Session, mail_id: int) -> OutboxRow:
    mail = locked(session, OutboxRow, mail_id)
    if mail is None or mail.failed_at is None:
        raise Refused(NO_MAIL)
    return mail


def _record(session: Session, actor: Actor, verb: str, mail: OutboxRow, now: datetime) -> None:
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "person",
        mail.recipient_id,
    )
