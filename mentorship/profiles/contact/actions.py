"""Verb: choose how the other of one's duos reaches one. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.undo import About, keep, state
from mentorship.people.access import Actor
from mentorship.profiles.contact import queries, rules
from mentorship.profiles.contact.models import Contact


def set_contact(
    session: Session,
    actor: Actor,
    *,
    phone: str,
    show_phone: bool,
    show_email: bool,
    now: datetime,
) -> None:
    """Choose the number, and what of it and of the mail address is shown within a running duo."""
    me = actor.person_id
    kept = keep(session, Contact, person_id=me)
    row = queries.contact(session, me)
    row.phone = rules.checked(phone, shown=show_phone)
    row.show_phone = show_phone
    row.show_email = show_email
    session.add(row)
    audit.record(
        session,
        now,
        me,
        "set contact",
        "person",
        me,
    )
    state(session, kept, About("set contact", "person", me))
