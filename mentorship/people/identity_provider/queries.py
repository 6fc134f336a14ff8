"""Reads of who the provider vouches for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mentorship.people.identity_provider import rules
from mentorship.people.identity_provider.models import ProviderLink, ProviderSession
from mentorship.people.identity_provider.rules import Identity
from mentorship.people.models import Person, SignIn
from mentorship.people.queries import person_by_number


def link_of(session: Session, identity: Identity) -> ProviderLink | None:
    """Return whose account an identity opens, since it did so before."""
    theirs = select(ProviderLink).where(
        ProviderLink.issuer == identity.issuer,
        ProviderLink.subject == identity.subject,
    )
    return session.exec(theirs).first()


def named_by(session: Session, claims: Mapping[str, Any], claim: str) -> Person | None:
    """Return the person whose number or verified address a token holds."""
    number = rules.number_of(claims, claim)
    if number:
        return person_by_number(session, number)
    address = rules.address_of(claims, claim)
    if not address:
        return None
    by_address = select(Person).where(Person.email == address)
    return session.exec(by_address).first()


def linked_at(session: Session, person_id: int) -> datetime | None:
    """Return since when somebody signs in by the provider; None when they do not."""
    found = session.get(ProviderLink, person_id)
    return None if found is None else found.linked_at


def provider_session(session: Session, sign_in_id: int | None) -> ProviderSession | None:
    """Return what is known of a session that the provider vouches for."""
    return session.get(ProviderSession, sign_in_id)


def sessions_of(session: Session, person_id: int) -> set[int]:
    """Return which of somebody's sessions the provider vouches for."""
    theirs = select(ProviderSession.sign_in_id).join(
        SignIn,
        col(SignIn.id) == ProviderSession.sign_in_id,
    )
    return set(session.exec(theirs.where(SignIn.person_id == person_id)))
