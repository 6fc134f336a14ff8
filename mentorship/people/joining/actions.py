"""The verb that adds somebody. It never commits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, put_back, state
from mentorship.people import actions as people
from mentorship.people import rules as people_rules
from mentorship.people.access import Actor
from mentorship.people.joining import queries
from mentorship.people.joining.back import note_again
from mentorship.people.joining.rules import Newcomer
from mentorship.people.looks.models import Look
from mentorship.people.models import Person, PersonRole

ADD = "add person"
TAKEN = N_("%(name)s has this personnel number.")


class SameName(Refused):
    """Somebody of this name works at this site: it is asked whether this is somebody else."""


def add_person(session: Session, actor: Actor, newcomer: Newcomer, now: datetime, *, sure: bool = False) -> Person:
    """Add somebody; `sure`: it is known that they are not who has the same name at the same site."""
    _check_new(session, newcomer, sure=sure)
    people_rules.check_given(actor, newcomer.roles)
    manager = people.manager_named(session, newcomer.manager)
    person = Person(
        number=newcomer.number,
        given_name=newcomer.name.given,
        infix=newcomer.name.infix,
        family_name=newcomer.name.family,
        email=newcomer.email,
        site_id=people.open_site(session, newcomer.site_id),
        department=newcomer.department,
        manager_id=manager.id if manager else None,
        languages=",".join(newcomer.languages),
    )
    session.add(person)
    session.flush()
    person_id = id_of(person)
    for role in newcomer.roles:
        session.add(PersonRole(person_id=person_id, role=role))
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        ADD,
        "person",
        person_id,
        roles=sorted(newcomer.roles),
    )
    about = About(ADD, "person", person_id)
    note_again(session, newcomer.number, about)
    state(session, Kept("person", {"id": person_id}), about, inverse=put_newcomer_back)
    state(session, Kept("person_role", {"person_id": person_id}), about)
    return person


def put_newcomer_back(session: Session, actor: Actor, *, where: Mapping[str, Any], now: datetime, **rows: Any) -> None:
    """Take back that somebody was added; that they were looked at since goes with them."""
    session.exec(delete(Look).where(col(Look.person_id) == where["id"]))
    put_back(session, actor, where=where, now=now, **rows)


def _check_new(session: Session, newcomer: Newcomer, *, sure: bool) -> None:
    """Refuse a number or an address that somebody has, and ask about a name."""
    has_number = queries.with_number(session, newcomer.number)
    if has_number is not None:
        free = queries.proposed_number(session)
        raise Refused(
            N_("%(name)s has this personnel number. %(free)s is free.") if free else TAKEN,
            field="number",
            name=has_number.name,
            free=free,
        )
    has_address = queries.with_address(session, newcomer.email)
    if has_address is not None:
        raise Refused(
            N_("%(name)s (%(number)s) has this e-mail address."),
            field="email",
            name=has_address.name,
            number=has_address.number,
        )
    same_name = queries.namesake(session, newcomer.name, newcomer.site_id)
    if same_name is not None and not sure:
        raise SameName(
            N_("%(name)s (%(number)s) works at this site already. Is this somebody else?"),
            field="sure",
            name=same_name.name,
            number=same_name.number,
        )
