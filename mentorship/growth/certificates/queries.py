"""Reads on certificates: the kinds, who has which, and what ends soon."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given, id_of
from mentorship.base.lists import View
from mentorship.growth.certificates import rules
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.growth.models import JobHeld
from mentorship.people import managers
from mentorship.people import queries as people
from mentorship.people.models import Person

SOON, ENDED, VALID, ENDLESS = "soon", "ended", "valid", "endless"
TOLD, CONFIRMED = "told", "confirmed"


@dataclass(frozen=True)
class Line:
    """A certificate of somebody, with whose it is, where they work, and what it is called."""

    row: Certificate
    person: Person
    site: str
    kind: str
    renewed: bool


@dataclass(frozen=True)
class Whose:
    """Whose certificates one looks at: everybody's, or of one's line those who show how far they are."""

    manager_id: int | None
    today: date

    def seen(self) -> ColumnElement[bool]:
        """Return the condition that a person's certificates may be looked at."""
        here = col(Person.left_on).is_(None)
        if self.manager_id is None:
            return here
        shown = select(JobHeld.person_id).where(col(JobHeld.shown).is_(True))
        line = managers.below(self.manager_id)
        return and_(
            here,
            col(Person.id).in_(shown),
            col(Person.id).in_(line),
        )


def kinds(session: Session, *, retired: bool = False) -> list[CertificateKind]:
    """Return the kinds in use (or those no longer), by name."""
    unused = col(CertificateKind.retired_at).is_not(None)
    query = select(CertificateKind).where(unused if retired else ~unused)
    name = func.lower(CertificateKind.name)
    return list(
        session.exec(
            query.order_by(
                name,
                col(CertificateKind.id),
            )
        )
    )


def titles(session: Session) -> dict[int, str]:
    """Return what every kind is called in the reader's language."""
    return {id_of(kind): kind.title for kind in session.exec(select(CertificateKind))}


def holders(session: Session) -> dict[int, int]:
    """Count who has each kind of certificate, valid or not."""
    kind = col(Certificate.kind_id)
    people_of = func.count(func.distinct(col(Certificate.person_id)))
    found = session.exec(
        select(
            kind,
            people_of,
        ).group_by(kind)
    )
    return dict(found.all())


def renewed(certificate: Any = Certificate) -> ColumnElement[bool]:
    """Return the condition that its person has a later one of the same kind."""
    other = Certificate.__table__.alias("later")  # type: ignore[attr-defined]
    return exists().where(
        other.c.person_id == certificate.person_id,
        other.c.kind_id == certificate.kind_id,
        other.c.got_on > certificate.got_on,
    )


def ends_soon(today: date) -> ColumnElement[bool]:
    """Return the condition that a certificate ends within three months, and was not renewed."""
    return _ends_between(today, today + rules.SOON)


def _ends_between(first: Given[date], last: Given[date]) -> ColumnElement[bool]:
    ends = col(Certificate.ends_on)
    return and_(
        ends >= first,
        ends <= last,
        ~renewed(),
    )


def ending(session: Session, today: date, person_id: int | None = None) -> list[Certificate]:
    """Return the certificates that end within three months of who is here, or of one person; the first first."""
    last = today + rules.SOON
    query = _ending(today, last) if person_id is None else ending_of(person_id, today, last)
    return list(
        session.exec(
            query.order_by(
                col(Certificate.ends_on),
                col(Certificate.id),
            )
        )
    )


def count_ending(session: Session, today: date) -> int:
    """Count the certificates that end within three months."""
    query = (
        select(func.count())
        .select_from(Certificate)
        .join(
            Person,
            col(Person.id) == Certificate.person_id,
        )
    )
    return session.exec(
        query.where(
            ends_soon(today),
            people.is_here(today),
        )
    ).one()


def ending_of(person_id: Given[int], first: Given[date], last: Given[date]) -> SelectOfScalar[Certificate]:
    """Return the query for the certificates of somebody who is here that end between two days."""
    return _ending(first, last).where(Certificate.person_id == person_id)


def _ending(first: Given[date], last: Given[date]) -> SelectOfScalar[Certificate]:
    holder = col(Person.id) == Certificate.person_id
    return (
        select(Certificate)
        .join(Person, holder)
        .where(
            _ends_between(first, last),
            people.is_here(first),
        )
    )


def waiting(session: Session, person_id: int, today: date) -> list[Certificate]:
    """Return the certificates of which somebody did not see yet that they end."""
    found = ending(
        session,
        today,
        person_id,
    )
    return [
        row
        for row in found
        if rules.waits(
            row.ends_on,
            row.seen_on,
            today,
        )
    ]


def _state(wanted: str, today: date) -> ColumnElement[bool]:
    ends = col(Certificate.ends_on)
    if wanted == SOON:
        return ends_soon(today)
    if wanted == ENDED:
        return and_(
            ends < today,
            ~renewed(),
        )
    if wanted == ENDLESS:
        return ends.is_(None)
    return or_(
        ends.is_(None),
        ends >= today,
    )


def _fitting(whose: Whose, view: View) -> SelectOfScalar[Certificate]:
    query = (
        select(Certificate)
        .join(
            Person,
            col(Person.id) == Certificate.person_id,
        )
        .where(whose.seen())
    )
    query = query.where(*people.named(view.text))
    if sites := view.ids("site"):
        query = query.where(col(Person.site_id).in_(sites))
    if wanted := view.ids("kind"):
        query = query.where(col(Certificate.kind_id).in_(wanted))
    if state := view.one("state"):
        query = query.where(
            _state(
                state,
                whose.today,
            )
        )
    if said := view.one("said"):
        confirmed = col(Certificate.confirmed_at).is_not(None)
        query = query.where(confirmed if said == CONFIRMED else ~confirmed)
    return query


def count(session: Session, whose: Whose, view: View) -> int:
    """Count the certificates that fit."""
    fitting = _fitting(
        whose,
        view,
    ).subquery()
    return session.exec(select(func.count()).select_from(fitting)).one()


def lines(session: Session, whose: Whose, view: View) -> list[Line]:
    """Return the rows that a view shows, as it sorts them; a fixed number of queries."""
    query = _fitting(
        whose,
        view,
    ).order_by(*_order(view))
    rows = list(session.exec(query.offset(view.offset).limit(view.limit)))
    return _lines(
        session,
        rows,
    )


def _order(view: View) -> list[Any]:
    ends = col(Certificate.ends_on)
    last = [*people.BY_NAME, col(Certificate.id)]
    if view.sort != "ends":
        name = col(Person.sort_key)
        return [name.desc() if view.descending else name, *last]
    return [ends.is_(None), ends.desc() if view.descending else ends, *last]


def _lines(session: Session, rows: Collection[Certificate]) -> list[Line]:
    known = people.persons(
        session,
        [row.person_id for row in rows],
    )
    sites = people.site_names(session)
    called = titles(session)
    ids = [row.id for row in rows]
    later = select(Certificate.id).where(
        col(Certificate.id).in_(ids),
        renewed(),
    )
    again = set(session.exec(later))
    found = []
    for row in rows:
        person = known[row.person_id]
        found.append(
            Line(
                row,
                person,
                sites[person.site_id],
                called[row.kind_id],
                row.id in again,
            )
        )
    return found


def of_person(session: Session, person_id: int) -> list[Line]:
    """Return the certificates of somebody, what ends first on top."""
    ends = col(Certificate.ends_on)
    query = select(Certificate).where(Certificate.person_id == person_id)
    in_order = query.order_by(
        ends.is_(None),
        ends,
        col(Certificate.id),
    )
    return _lines(
        session,
        list(session.exec(in_order)),
    )
