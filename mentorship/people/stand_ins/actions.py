"""Verbs on stand-ins: name one, let go of one. They never commit."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.people.stand_ins import rules
from mentorship.people.stand_ins.models import StandIn

SUBJECT = "person"
NAMED, LET_GO = "name stand-in", "end stand-in"


def name(
    session: Session, actor: Actor, person_id: int, number: str, first: date, last: date, now: datetime
) -> StandIn:
    """Have another asked in somebody's place, from a day until a day."""
    today = local_date(now)
    rules.check_days(first, last, today)
    locked(session, Person, person_id)  # of two who name one at once the second sees the first
    stand_in = people.person_by_number(session, number)
    if stand_in is None:
        raise Refused(N_("Nobody has this personnel number."), field="stand_in")
    if stand_in.is_gone(today):
        raise Refused(N_("This person left."), field="stand_in")
    stand_in_id = id_of(stand_in)
    rules.check(person_id, stand_in_id, people.roles_of(session, stand_in_id))
    kept = keep(session, StandIn, person_id=person_id)
    named = StandIn(
        person_id=person_id,
        stand_in_id=stand_in_id,
        first_day=first,
        last_day=last,
        named_by_id=actor.person_id,
        named_at=now,
    )
    session.add(named)
    session.flush()
    audit.record(session, now, actor.person_id, NAMED, SUBJECT, person_id, person=stand_in_id)
    state(session, kept, About(NAMED, SUBJECT, person_id))
    return named


def let_go(session: Session, actor: Actor, stand_in_id: int, now: datetime) -> int:
    """Have somebody asked themselves again; return who."""
    found = locked(session, StandIn, stand_in_id)
    if found is None:
        raise Conflict(N_("Nobody stands in here any more."))
    person_id = found.person_id
    kept = keep(session, StandIn, person_id=person_id)
    session.delete(found)
    session.flush()
    audit.record(session, now, actor.person_id, LET_GO, SUBJECT, person_id, person=found.stand_in_id)
    state(session, kept, About(LET_GO, SUBJECT, person_id))
    return person_id
