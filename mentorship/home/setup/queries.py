"""Reads of the guide: what stands already, and who is to be given a role, a manager or a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.home.setup.rules import Stands
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import JUNIOR, MANAGER, SENIOR
from mentorship.people.account.queries import cards_out
from mentorship.people.listed import UNABLE_TO_SIGN_IN, ListedPerson, list_people
from mentorship.people.models import Account, ActivationCode, Person, PersonRole, Site
from mentorship.profiles.models import Capacity, Domain, Expertise
from mentorship.profiles.rosters.models import Roster
from mentorship.programme.queries import lacking, programme

MOST_LISTED = 300
"""So many people are given roles on one page."""
MOST_LEADERS = 100
"""Among so many people anybody can be chosen to lead somebody."""
MOST_CARDS = 500
"""So many cards are made at once."""


def stands(session: Session, now: datetime) -> Stands:
    """Return what stands."""
    roles = _holders(session)
    return Stands(
        sites=_count(session, Site),
        lacking=len(lacking(session)),
        people=people.count_here(session),
        mentors=roles.get(SENIOR, 0),
        juniors=roles.get(JUNIOR, 0),
        managers=roles.get(MANAGER, 0),
        domains=_count(session, Domain),
        rosters=_count(session, Roster),
        reached=_count(session, Account) + _cards(session, now),
        aside=programme(session).guide_aside,
        over=_is_over(session),
    )


def followed(session: Session, now: datetime) -> Stands | None:
    """Return what stands while the guide is followed: until it is put aside, or there was a pair and nothing lacks."""
    if programme(session).guide_aside or _is_over(session):
        return None
    return stands(session, now)


def _is_over(session: Session) -> bool:
    had_pair = select(Mentorship.id).limit(1)
    return session.exec(had_pair).first() is not None and not lacking(session)


def _count(session: Session, table: Any) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def _cards(session: Session, now: datetime) -> int:
    out = select(func.count()).where(
        col(ActivationCode.used_at).is_(None),
        col(ActivationCode.expires_at) > now,
    )
    return session.exec(out).one()


def _holders(session: Session) -> dict[str, int]:
    """Count who holds each role."""
    held = (
        select(PersonRole.role, func.count())
        .join(Person, col(Person.id) == PersonRole.person_id)
        .where(col(Person.left_on).is_(None))
        .group_by(col(PersonRole.role))
    )
    return dict(session.exec(held).all())


@dataclass(frozen=True)
class Placed:
    """Somebody with the roles they hold and who leads them."""

    person: Person
    roles: frozenset[str]


def placed(session: Session, without: int) -> list[Placed]:
    """Return the people here by name, but for one, as many as a page holds."""
    here = select(Person).where(
        col(Person.left_on).is_(None),
        Person.id != without,
    )
    found = list(session.exec(here.order_by(*people.BY_NAME).limit(MOST_LISTED)))
    ids = [id_of(person) for person in found]
    held = people.roles_of_many(session, ids)
    return [Placed(person, frozenset(held.get(id_of(person), ()))) for person in found]


def leaders(session: Session, placed: Sequence[Placed]) -> list[Person]:
    """Return who can be said to lead somebody, by name: who does so already; everybody of few, of many the managers."""
    leading = {one.person.manager_id for one in placed if one.person.manager_id}
    found = people.persons(session, {*people.people_with_role(session, MANAGER), *leading})
    if len(placed) <= MOST_LEADERS:
        found |= {id_of(one.person): one.person for one in placed}
    return sorted(found.values(), key=lambda person: person.sort_key)


@dataclass(frozen=True)
class Handing:
    """Who has no account: those with a card that works, and those who still need one."""

    with_card: dict[int, date]
    without: list[int]


def handing(session: Session, now: datetime) -> Handing:
    """Return who is to be given a card."""
    unable: Sequence[ListedPerson] = list_people(session, UNABLE_TO_SIGN_IN)
    ids = [id_of(line.person) for line in unable]
    out = cards_out(
        session,
        ids,
        now,
    )
    return Handing(out, [person_id for person_id in ids if person_id not in out])


@dataclass(frozen=True)
class Mentor:
    """A mentor, and what they filled in: whether they can sign in, say what they pass on, and offer places."""

    person: Person
    active: bool
    domains: int
    places: int


def mentors(session: Session) -> list[Mentor]:
    """Return the mentors by name, with what they filled in."""
    ids = people.people_with_role(session, SENIOR)
    found = people.persons(session, ids)
    active = people.with_account(session, ids)
    domains = dict(session.exec(_willing()).all())
    places = dict(session.exec(select(Capacity.person_id, Capacity.places)).all())
    lines = []
    for person in sorted(found.values(), key=lambda person: person.sort_key):
        person_id = id_of(person)
        lines.append(
            Mentor(
                person,
                person_id in active,
                domains.get(person_id, 0),
                places.get(person_id, 0),
            )
        )
    return lines


def _willing() -> Any:
    willing = select(Expertise.person_id, func.count()).where(col(Expertise.willing))
    return willing.group_by(col(Expertise.person_id))
