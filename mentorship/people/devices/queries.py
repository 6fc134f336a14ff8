"""Reads of devices: whether this one is somebody's."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.secret_codes import digest
from mentorship.people import queries as people
from mentorship.people.devices.models import Device
from mentorship.people.devices.rules import KEPT


def is_known(session: Session, person_id: int, token: str, now: datetime) -> bool:
    """Tell whether somebody signed in on this device before."""
    found = session.get(Device, (person_id, digest(token)))
    return found is not None and found.seen_at > now - KEPT


def is_trusted(session: Session, person_id: int, token: str, now: datetime) -> bool:
    """Tell whether somebody themselves, as far as we know, signed in on this device before."""
    found = session.get(Device, (person_id, digest(token)))
    return found is not None and found.trusted and found.seen_at > now - KEPT


def known_as(session: Session, name: str, token: str, now: datetime) -> str:
    """Return the digest of a device on which who is called so signed in before, "" of any other."""
    person = people.person_by_login(session, name)
    if person is None or person.id is None or not is_known(session, person.id, token, now):
        return ""
    return digest(token)
