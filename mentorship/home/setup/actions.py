"""Verbs of the guide: each sets up much at once, by the verbs of the rooms. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import update
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext
from mentorship.people import actions as people_actions
from mentorship.people import managers
from mentorship.people import queries as people
from mentorship.people import rules as people_rules
from mentorship.people.access import JUNIOR, MANAGER, SENIOR, Actor
from mentorship.people.models import Person
from mentorship.people.sites.actions import add_site
from mentorship.profiles.domains.actions import set_domain
from mentorship.profiles.models import Domain
from mentorship.profiles.rosters.actions import add_roster
from mentorship.profiles.rosters.models import Roster
from mentorship.profiles.rosters.ready_made import SHAPES
from mentorship.programme import actions as programme

GIVEN = frozenset({JUNIOR, SENIOR, MANAGER})
"""The roles that the guide gives and takes."""


def set_programme(
    session: Session,
    actor: Actor,
    version: int,
    *,
    organisation: str,
    sites: Iterable[str],
    region: str,
    now: datetime,
) -> None:
    """Say what the organisation is called, and add the sites that are not there yet."""
    programme.change(
        session,
        actor,
        version,
        {"organisation": organisation},
        now,
    )
    known = {site.name.casefold() for site in people.sites(session)}
    for name in sites:
        if name.casefold() not in known:
            known.add(name.casefold())
            add_site(
                session,
                actor,
                name=name,
                region=region,
                now=now,
            )


@dataclass(frozen=True)
class Place:
    """What was chosen for somebody: their roles among those the guide gives, and who leads them."""

    person_id: int
    roles: frozenset[str]
    leader_id: int | None


def place(session: Session, actor: Actor, places: Collection[Place], now: datetime) -> None:
    """Give people their roles, and say who leads whom; who is chosen to lead somebody leads people."""
    ids = [one.person_id for one in places]
    held = people.roles_of_many(session, ids)
    leading = {one.leader_id for one in places}
    for one in places:
        before = frozenset(held.get(one.person_id, ()))
        after = (before - GIVEN) | one.roles
        if one.person_id in leading:
            after |= {MANAGER}
        if after != before:
            people_actions.set_roles(
                session,
                actor,
                one.person_id,
                after,
                now,
            )
    _lead(
        session,
        actor,
        places,
        now,
    )


def _lead(session: Session, actor: Actor, places: Iterable[Place], now: datetime) -> None:
    """Say who leads whom; refuse a circle."""
    first = dict(session.exec(select(Person.id, Person.manager_id)).all())
    above = managers.each_above(session)
    changed = []
    for one in places:
        if first.get(one.person_id) == one.leader_id:
            continue
        people_rules.check_line(
            one.person_id,
            one.leader_id,
            above,
        )
        others = above.get(one.person_id, set()) - {first.get(one.person_id)}
        above[one.person_id] = others if one.leader_id is None else {*others, one.leader_id}
        changed.append(one)
    for one in changed:
        theirs = update(Person).where(col(Person.id) == one.person_id)
        session.exec(theirs.values(manager_id=one.leader_id))
    if changed:
        audit.record(
            session,
            now,
            actor.person_id,
            "set managers",
            "person",
            None,
            people=sorted(one.person_id for one in changed),
        )


def add_domains(session: Session, actor: Actor, names: Iterable[str], now: datetime) -> None:
    """Add the domains that are not there yet."""
    known = {name.casefold() for name in session.exec(select(Domain.name))}
    for name in names:
        if name.casefold() not in known:
            known.add(name.casefold())
            set_domain(
                session,
                actor,
                None,
                name=name,
                critical=False,
                remote=False,
                now=now,
            )


def add_rosters(session: Session, actor: Actor, shapes: Iterable[str], now: datetime) -> None:
    """Add a roster of each of these shapes that is not there yet, its cycle beginning this Monday."""
    today = local_date(now)
    known = set(session.exec(select(Roster.name)))
    for shape in shapes:
        name = roster_name(shape)
        if name not in known:
            add_roster(
                session,
                actor,
                name=name,
                shape=shape,
                starts_on=_monday(today),
                now=now,
            )


def roster_name(shape: str) -> str:
    """Return what a roster of a ready-made shape is called."""
    title = gettext(SHAPES[shape].title)
    return title[:1].upper() + title[1:]


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def set_usual(session: Session, actor: Actor, name: str, now: datetime) -> None:
    """Let everybody without a roster of their own be matched by this one; "" for by none."""
    if name and session.exec(select(Roster.id).where(Roster.name == name)).first() is None:
        raise Refused(N_("Tick this roster too, so that it is there."), field="usual")
    before = session.exec(select(Roster.name).where(col(Roster.is_default))).first() or ""
    if before == name:
        return
    session.exec(update(Roster).where(col(Roster.is_default)).values(is_default=False))
    session.exec(update(Roster).where(col(Roster.name) == name).values(is_default=True))
    audit.record(
        session,
        now,
        actor.person_id,
        "set usual roster",
        "programme",
        1,
        before=before,
        after=name,
    )


def set_hours(session: Session, actor: Actor, version: int, hours: Decimal, now: datetime) -> None:
    """Say how many hours a week a pair needs."""
    programme.change(
        session,
        actor,
        version,
        {"hours_per_pair": hours},
        now,
    )
