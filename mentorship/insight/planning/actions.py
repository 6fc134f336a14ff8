"""Verbs on addresses for a planning system: make, stop, note that it was read. They never commit."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.secret_codes import digest
from mentorship.insight.planning import queries, rules
from mentorship.insight.planning.models import PlanningFeed
from mentorship.insight.planning.rules import Wanted
from mentorship.people.access import COORDINATOR, Actor
from mentorship.people.models import Person, Site

SUBJECT = "planning feed"


def make(session: Session, actor: Actor, wanted: Wanted, now: datetime) -> str:
    """Return the secret of a new address, to be shown once; a manager's tells of their own line, whatever is asked."""
    locked(session, Person, actor.person_id)  # two at once are counted one after the other
    rules.check_number(queries.count_of(session, actor.person_id))
    manager_id = wanted.manager_id if actor.has(COORDINATOR) else actor.person_id
    _check_there(session, Person, manager_id)
    _check_there(session, Site, wanted.site_id)
    secret = secrets.token_urlsafe(32)
    made = PlanningFeed(
        token_hash=digest(secret),
        name=wanted.name,
        person_id=actor.person_id,
        manager_id=manager_id,
        site_id=wanted.site_id,
        names=wanted.names,
        made_at=now,
    )
    session.add(made)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "make planning address",
        SUBJECT,
        id_of(made),
        manager=manager_id,
        site=wanted.site_id,
        names=wanted.names,
    )
    return secret


def _check_there(session: Session, table: type[Person] | type[Site], row_id: int | None) -> None:
    if row_id is not None and session.get(table, row_id) is None:
        raise Refused(N_("Choose one of the options."))


def stop(session: Session, actor: Actor, feed_id: int, now: datetime) -> None:
    """Let an address stop working."""
    found = queries.held(session, feed_id)
    if found is None:
        raise Conflict(N_("This address had stopped already."))
    session.delete(found)
    audit.record(
        session,
        now,
        actor.person_id,
        "stop planning address",
        SUBJECT,
        feed_id,
    )


def note_read(session: Session, secret: str, now: datetime) -> None:
    """Remember the day on which an address was read last."""
    read = update(PlanningFeed).where(col(PlanningFeed.token_hash) == digest(secret))
    session.exec(read.values(read_on=local_date(now)))
