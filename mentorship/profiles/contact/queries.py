"""Reads of how somebody is reached."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.people.models import Person
from mentorship.profiles.contact import rules
from mentorship.profiles.contact.models import Contact


@dataclass(frozen=True)
class Reach:
    """What somebody shows to the other of a duo: number, the same as dialled, mail; "" is not shown."""

    phone: str = ""
    dialled: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.phone or self.email)


def contact(session: Session, person_id: int) -> Contact:
    """Return what somebody chose to show: at first nothing."""
    return session.get(Contact, person_id) or Contact(person_id=person_id)


def reach(session: Session, person: Person) -> Reach:
    """Return how somebody is reached by the other of a duo."""
    chosen = contact(session, id_of(person))
    phone = chosen.phone if chosen.show_phone else ""
    email = person.email if chosen.show_email else ""
    return Reach(
        phone=phone,
        dialled=rules.dialled(phone),
        email=email or "",
    )
