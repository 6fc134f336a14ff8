"""Verbs on confidants: name one, let go of one, name a stand-in. They never commit."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.checkins.confidants import queries, rules
from mentorship.checkins.confidants.models import Confidant
from mentorship.checkins.confidants.rules import WHOLE
from mentorship.checkins.settings.models import CheckInSettings
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person, Site

SUBJECT = "confidant"
GONE = N_("This confidant is not there any more. Look at the list again.")


def appoint(session: Session, actor: Actor, site_id: int, number: str, now: datetime) -> Confidant:
    """Make somebody the confidant of a site (0: of the whole organisation); whoever was it is not any more.

    What was asked of the one before stays with them alone.
    """
    _hold_all(session)
    if site_id != WHOLE and session.get(Site, site_id) is None:
        raise Refused(N_("This site is no longer there."), field="site")
    person = _somebody(session, number, "confidant", now)
    found = queries.of_place(session, site_id)
    before = found.person_id if found else None
    if found is None:
        found = Confidant(site_id=site_id or None, person_id=id_of(person))
        session.add(found)
    elif before == person.id:
        return found
    found.person_id = id_of(person)
    _without_stand_in(found)
    session.flush()
    _tell_the_version_before(session, found, person.number)
    audit.record(
        session,
        now,
        actor.person_id,
        "name confidant",
        SUBJECT,
        id_of(found),
        person=[before, person.id],
    )
    return found


def let_go(session: Session, actor: Actor, confidant_id: int, now: datetime) -> None:
    """Have no confidant of one's own at a site any more."""
    found = _held(session, confidant_id)
    _tell_the_version_before(session, found, "")
    session.delete(found)
    audit.record(
        session,
        now,
        actor.person_id,
        "let go confidant",
        SUBJECT,
        confidant_id,
        person=[found.person_id, None],
    )


def name_stand_in(
    session: Session, actor: Actor, confidant_id: int, number: str, first: date, last: date, now: datetime
) -> Confidant:
    """Have another asked instead of a confidant, from a day until a day."""
    found = _held(session, confidant_id)
    person = _somebody(session, number, "stand_in", now)
    rules.check_stand_in(
        found.person_id,
        id_of(person),
        first,
        last,
        local_date(now),
    )
    found.stand_in_id = id_of(person)
    found.stand_in_from = first
    found.stand_in_until = last
    audit.record(
        session,
        now,
        actor.person_id,
        "name stand-in",
        SUBJECT,
        confidant_id,
        person=person.id,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return found


def end_stand_in(session: Session, actor: Actor, confidant_id: int, now: datetime) -> None:
    """Have the confidant asked themselves again."""
    found = _held(session, confidant_id)
    if found.stand_in_id is None:
        return
    _without_stand_in(found)
    audit.record(
        session,
        now,
        actor.person_id,
        "end stand-in",
        SUBJECT,
        confidant_id,
    )


def _hold_all(session: Session) -> CheckInSettings:
    """Lock what stands for all confidants, so that two are not named for one place at once."""
    settings = locked(session, CheckInSettings, 1)
    assert settings is not None, "the schema comes with this row"
    return settings


def _held(session: Session, confidant_id: int) -> Confidant:
    _hold_all(session)
    found = locked(session, Confidant, confidant_id)
    if found is None:
        raise Conflict(GONE)
    return found


def _somebody(session: Session, number: str, field: str, now: datetime) -> Person:
    found = people.person_by_number(session, number)
    if found is None:
        raise Refused(N_("Nobody has this personnel number."), field=field)
    if found.is_gone(local_date(now)):
        raise Refused(N_("This person left."), field=field)
    return found


def _without_stand_in(found: Confidant) -> None:
    found.stand_in_id = None
    found.stand_in_from = None
    found.stand_in_until = None


def _tell_the_version_before(session: Session, found: Confidant, number: str) -> None:
    """Keep the number where the version before, which may run beside this one, looks for it."""
    if found.site_id is None:
        _hold_all(session).confidant = number
