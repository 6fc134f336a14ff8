"""Reads of devices: whether this one is somebody's."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from mentorship.base.secret_codes import digest
from mentorship.people import queries as people
from mentorship.people.devices.models import Device
from mentorship.people.devices.rules import KEPT


def is_known(session: Session, person_id: int, token: str, now: datetime) -> bool:
    """Tell whether somebody signed in on this device before."""
    found = session.get(Device, (person_id, digest(token)))
    return found is not None and found.seen_at > now - KEPT


def is_trusted(session: Session, person_id: int, token: str, now: datetime) -> bool:
    """Tell whether somebody themselves, as far as we know, signed in on this device before, and nobody else did.

    At a computer that many share, whoever made a code for somebody can sit down too.
    """
    found = session.get(Device, (person_id, digest(token)))
    if found is None or not found.trusted or found.seen_at <= now - KEPT:
        return False
    others = select(Device.person_id).where(
        Device.token_hash == found.token_hash,
        Device.person_id != person_id,
    )
    return session.exec(others.limit(1)).first() is None


def known_as(session: Session, name: str, token: str, now: datetime) -> str:
    """Return the digest of a device on which who is called so signed in before, "" of any other."""
    person = people.person_by_login(session, name)
    if person is None or person.id is None or not is_known(session, person.id, token, now):
        return ""
    return digest(token)
