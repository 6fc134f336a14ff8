"""Who may train apprentices, by a certificate."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from mentorship.growth.certificates.models import Certificate, CertificateKind


def trainers(session: Session, today: date) -> frozenset[int]:
    """Return who is a practice trainer on a day: by a certificate that entitles, was confirmed and is valid then."""
    ends = col(Certificate.ends_on)
    query = select(Certificate.person_id).join(
        CertificateKind,
        col(CertificateKind.id) == Certificate.kind_id,
    )
    query = query.where(
        col(CertificateKind.entitles).is_(True),
        col(Certificate.confirmed_at).is_not(None),
        col(Certificate.got_on) <= today,
        or_(
            ends.is_(None),
            ends >= today,
        ),
    )
    return frozenset(session.exec(query))
