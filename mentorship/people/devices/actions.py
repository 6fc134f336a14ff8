"""Verbs on devices: remember one, forget those of long ago."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from mentorship.base import security
from mentorship.base.db import upsert
from mentorship.base.secret_codes import digest
from mentorship.people.devices.models import Device
from mentorship.people.devices.rules import KEPT, LONGEST


def remember(session: Session, person_id: int, token: str, now: datetime, *, trusted: bool) -> str:
    """Remember that somebody signed in on a device; return the secret that it keeps, a new one if it has none."""
    kept = token if 0 < len(token) <= LONGEST else secrets.token_urlsafe(32)
    onto = upsert(session, Device).values(
        person_id=person_id,
        token_hash=digest(kept),
        first_at=now,
        seen_at=now,
        trusted=trusted,
    )
    seen = {"seen_at": now, **({"trusted": True} if trusted else {})}
    session.execute(onto.on_conflict_do_update(index_elements=["person_id", "token_hash"], set_=seen))
    return kept


def distrust(session: Session, person_id: int) -> None:
    """Let no device of before confirm that it is this person."""
    session.execute(update(Device).where(col(Device.person_id) == person_id).values(trusted=False))
    security.note_once_done(session, "device.distrusted", person=person_id)


def purge(session: Session, now: datetime) -> None:
    """Forget the devices that nobody signed in on for long."""
    session.execute(delete(Device).where(col(Device.seen_at) < now - KEPT))
