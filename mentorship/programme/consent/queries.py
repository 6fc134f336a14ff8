"""Reads of what was agreed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mentorship.base.settled import settled
from mentorship.people.access import Subject
from mentorship.programme.consent import rules
from mentorship.programme.consent.models import Consent, ConsentProposal


@settled
def present(session: Session) -> Consent | None:
    """Return what was agreed last, None before anything was."""
    newest = select(Consent).order_by(col(Consent.id).desc()).limit(1)
    return session.exec(newest).first()


def subject(session: Session, consent_id: int) -> Subject | None:
    """Return what was agreed as something anybody may ask for, None where it is not there."""
    if session.get(Consent, consent_id) is None:
        return None
    return Subject()


def history(session: Session) -> list[Consent]:
    """Return all that was agreed, the newest first."""
    newest_first = select(Consent).order_by(col(Consent.id).desc())
    return list(session.exec(newest_first))


@settled
def before(session: Session, consent_id: int) -> Consent | None:
    """Return what was agreed before this."""
    earlier = select(Consent).where(col(Consent.id) < consent_id)
    return session.exec(earlier.order_by(col(Consent.id).desc()).limit(1)).first()


def agreed(session: Session) -> dict[str, Any] | None:
    """Return what was agreed, as it was shown then."""
    consent = present(session)
    if consent is None:
        return None
    return consent.snapshot


def proposal(session: Session) -> ConsentProposal | None:
    """Return what waits until it is agreed to."""
    return session.get(ConsentProposal, 1)


def waiting(session: Session) -> dict[str, Any]:
    """Return by name the values that wait until they are agreed to."""
    found = proposal(session)
    if found is None:
        return {}
    return found.changes


def check_terms(session: Session, terms: rules.Snapshot) -> None:
    """Refuse to make pairs otherwise than was agreed to."""
    rules.check_terms(agreed(session), terms)


def changed_since(session: Session, moment: datetime) -> Consent | None:
    """Return what was agreed last where that took the place of something since a moment."""
    consent = present(session)
    if consent is None or consent.id is None or consent.entered_at < moment:
        return None
    if before(session, consent.id) is None:
        return None
    return consent
