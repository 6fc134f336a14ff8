"""Verbs on the certificates that people have. They never commit; the audit log gets no days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locked, locking
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, keep, state
from mentorship.growth.certificates import rules
from mentorship.growth.certificates.models import MONTHS_KEPT, Certificate, CertificateKind
from mentorship.people.access import COORDINATOR, HR, Actor
from mentorship.people.models import Person
from mentorship.programme.rules import over_on

NO_KIND = N_("Choose a certificate that there is.")
NOT_HERE = N_("Somebody of these is no longer here. Nothing was changed.")
GONE = N_("This certificate is no longer there.")
NOT_ONES_OWN = N_("Another coordinator or HR confirms a certificate of your own.")
THERE_ALREADY = N_("This certificate, of this day, stands there already.")


@dataclass(frozen=True)
class Noted:
    """Which certificate, since when, and until when; None for as long as the kind usually is valid."""

    kind_id: int
    got_on: date
    ends_on: date | None = None


def note(session: Session, actor: Actor, people: Collection[int], noted: Noted, now: datetime) -> int:
    """Note of people that they got a certificate on one day; return of how many that is new.

    What a coordinator or HR notes of somebody else is confirmed with it; what people say of themselves is not.
    """
    kind = _kind(session, noted.kind_id)
    ends_on = noted.ends_on or rules.end_of(noted.got_on, kind.months)
    rules.check_days(
        noted.got_on,
        ends_on,
        local_date(now),
    )
    here = select(Person.id).where(col(Person.id).in_(people), col(Person.left_on).is_(None))
    if set(session.exec(here)) != set(people):
        raise Refused(NOT_HERE)
    have = _have(
        session,
        people,
        noted,
    )
    if have == set(people):
        raise Refused(THERE_ALREADY, field="got_on")
    whole = replace(noted, ends_on=ends_on)
    for person_id in sorted(set(people) - have):
        _note(
            session,
            actor,
            person_id,
            whole,
            now,
        )
    return len(set(people) - have)


def _kind(session: Session, kind_id: int) -> CertificateKind:
    kind = locked(
        session,
        CertificateKind,
        kind_id,
    )
    if kind is None or kind.retired_at is not None:
        raise Refused(NO_KIND, field="kind")
    return kind


def _have(session: Session, people: Collection[int], noted: Noted) -> set[int]:
    """Return who of these has this very certificate already."""
    query = select(Certificate.person_id).where(
        col(Certificate.person_id).in_(people),
        Certificate.kind_id == noted.kind_id,
        Certificate.got_on == noted.got_on,
    )
    return set(session.exec(query))


def _note(session: Session, actor: Actor, person_id: int, noted: Noted, now: datetime) -> None:
    kept = keep(
        session,
        Certificate,
        person_id=person_id,
    )
    row = Certificate(
        person_id=person_id,
        kind_id=noted.kind_id,
        got_on=noted.got_on,
        ends_on=noted.ends_on,
        noted_by=actor.person_id,
        noted_at=now,
    )
    if _may_confirm(actor, person_id):
        row.confirmed_by = actor.person_id
        row.confirmed_at = now
    session.add(row)
    _done(session, actor, "note certificate", person_id, kept, now)


def _may_confirm(actor: Actor, person_id: int) -> bool:
    return actor.has(COORDINATOR, HR) and actor.person_id != person_id


def _done(session: Session, actor: Actor, verb: str, person_id: int, kept: Kept, now: datetime) -> None:
    """Write what was done to a certificate of somebody, and how it is undone."""
    session.flush()
    audit.record(session, now, actor.person_id, verb, "person", person_id)
    state(session, kept, About(verb, "person", person_id))


def confirm(session: Session, actor: Actor, ids: Collection[int], now: datetime) -> int:
    """Confirm certificates that people noted themselves; return how many that was new."""
    query = select(Certificate).where(col(Certificate.id).in_(ids)).order_by(col(Certificate.id))
    found = list(session.exec(locking(query)))
    if len(found) != len(set(ids)):
        raise Refused(GONE)
    if any(not _may_confirm(actor, row.person_id) for row in found):
        raise Refused(NOT_ONES_OWN)
    waiting = [row for row in found if row.confirmed_at is None]
    for row in waiting:
        kept = keep(
            session,
            Certificate,
            id=row.id,
        )
        row.confirmed_by = actor.person_id
        row.confirmed_at = now
        _done(session, actor, "confirm certificate", row.person_id, kept, now)
    return len(waiting)


def remove(session: Session, actor: Actor, certificate_id: int, now: datetime) -> None:
    """Remove a certificate of somebody."""
    row = locked(
        session,
        Certificate,
        certificate_id,
    )
    if row is None:
        return
    person_id = row.person_id
    kept = keep(
        session,
        Certificate,
        id=certificate_id,
    )
    session.delete(row)
    _done(session, actor, "remove certificate", person_id, kept, now)


def see(session: Session, actor: Actor, certificate_id: int, now: datetime) -> None:
    """Say that one saw that a certificate of one's own ends."""
    row = locked(
        session,
        Certificate,
        certificate_id,
    )
    if row is None:
        raise Refused(GONE)
    kept = keep(
        session,
        Certificate,
        id=certificate_id,
    )
    row.seen_on = local_date(now)
    _done(session, actor, "see that a certificate ends", row.person_id, kept, now)


def purge(session: Session, now: datetime) -> None:
    """Delete certificates that ended a year ago."""
    long_ago = over_on(local_date(now), MONTHS_KEPT)
    session.exec(delete(Certificate).where(col(Certificate.ends_on) < long_ago))
