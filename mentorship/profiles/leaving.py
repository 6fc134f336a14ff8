"""What this room does when somebody leaves: they offer no places and are not found or reached; plans are over."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base.db import id_of, locked
from mentorship.people.models import Person
from mentorship.profiles.contact.models import Contact
from mentorship.profiles.findable.models import Findable
from mentorship.profiles.models import Capacity, Plan

NO_HOURS = Decimal(0)


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Take off the places of who left, and the hours for them; forget their plans and how they were reached."""
    person_id = id_of(leaver)
    offer = locked(
        session,
        Capacity,
        person_id,
    )  # a round published at this moment comes first, and is seen after
    if offer is not None:
        offer.places = 0
        offer.hours = NO_HOURS
        offer.confirmed_hours = None
        offer.answered_hours = None
        offer.paused = False
        offer.paused_until = None
    session.exec(delete(Plan).where(col(Plan.person_id) == person_id))
    session.exec(delete(Contact).where(col(Contact.person_id) == person_id))
    session.exec(delete(Findable).where(col(Findable.person_id) == person_id))


def would_end(session: Session, person_id: int) -> dict[str, int]:
    """Count the places that are offered."""
    offer = session.get(
        Capacity,
        person_id,
    )
    return {"places": offer.places if offer else 0}
