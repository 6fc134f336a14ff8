"""Verbs on accounts: activate, sign in and out, roles, details. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.people import queries, rules
from mentorship.people.access import Actor
from mentorship.people.models import ActivationCode, Person, PersonRole


def set_roles(session: Session, actor: Actor, person_id: int, roles: Collection[str], now: datetime) -> None:
    """Give a person exactly these roles."""
    before = queries.roles_of(session, person_id)
    rules.check_roles(actor.person_id, person_id, before, roles, queries.people_with_role(session, "admin"))
    for role in before - set(roles):
        session.exec(delete(PersonRole).where(col(PersonRole.person_id) == person_id, col(PersonRole.role) == role))
    for role in set(roles) - before:
        session.add(PersonRole(person_id=person_id, role=role))
    if "admin" in set(roles) - before:  # a code that somebody else made may not open an admin's account
        session.exec(delete(ActivationCode).where(col(ActivationCode.person_id) == person_id))
    if set(roles) != before:
        audit.record(
            session, now, actor.person_id, "set roles", "person", person_id, before=sorted(before), after=sorted(roles)
        )


def change_person(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    site_id: int,
    manager_id: int | None,
    languages: str,
    email: str | None,
    now: datetime,
) -> None:
    """Change where a person works, who appraises them, what they speak, and their address."""
    person = session.get(Person, person_id)
    if person is None:
        raise Refused(N_("This person is no longer here."))
    managers = dict(session.exec(select(Person.id, Person.manager_id)).all())
    rules.check_line(person_id, manager_id, managers)  # type: ignore[arg-type]
    if manager_id is not None and manager_id not in managers:
        raise Refused(N_("This manager is no longer here."))
    if email and session.exec(select(Person.id).where(Person.email == email, Person.id != person_id)).first():
        raise Refused(N_("Somebody else has this e-mail address."), field="email")
    after = {"site_id": site_id, "manager_id": manager_id, "languages": languages, "email": email}
    changed = {name: [getattr(person, name), value] for name, value in after.items() if getattr(person, name) != value}
    for name, value in after.items():
        setattr(person, name, value)
    if changed:
        audit.record(session, now, actor.person_id, "change person", "person", person_id, fields=sorted(changed))
