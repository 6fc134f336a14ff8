"""Verbs of the guide: each sets up much at once, by the verbs of the rooms. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext
from mentorship.checkins.signals import handing
from mentorship.people import actions as people_actions
from mentorship.people import queries as people
from mentorship.people.access import JUNIOR, MANAGER, SENIOR, Actor
from mentorship.people.sites.actions import add_site
from mentorship.profiles.domains.actions import set_domain
from mentorship.profiles.domains.starting_lists import NewDomain, by_name
from mentorship.profiles.models import Domain
from mentorship.profiles.rosters.actions import add_roster
from mentorship.profiles.rosters.editing import set_default
from mentorship.profiles.rosters.models import Roster
from mentorship.profiles.rosters.ready_made import SHAPES
from mentorship.programme import actions as programme
from mentorship.programme.queries import programme as settings_of

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
    leaders = {one.person_id: one.leader_id for one in places}
    people_actions.set_managers(
        session,
        actor,
        leaders,
        now,
    )
    roles = {one.person_id: one.roles for one in places}
    led_by = people.persons(session, leaders.values())
    leading = set()
    for person_id, leader in led_by.items():
        if leader.left_on is None and person_id != actor.person_id:  # nobody gives a role to themselves
            leading.add(person_id)
    held = people.roles_of_many(session, {*roles, *leading})
    for person_id in sorted({*roles, *leading}):
        before = frozenset(held.get(person_id, ()))
        after = before
        if person_id in roles:
            after = (before - GIVEN) | roles[person_id]
        if person_id in leading:
            after |= {MANAGER}
        if after != before:
            people_actions.set_roles(
                session,
                actor,
                person_id,
                after,
                now,
            )
    handing.of_lines(session, roles.keys() | leading, now)


def add_domains(session: Session, actor: Actor, wanted: Iterable[NewDomain], now: datetime) -> None:
    """Add the domains that are not there yet; where one that was typed cannot be told from another, say so there."""
    known = names_there(session)
    listed = by_name().values()
    for domain in wanted:
        same = {domain.name.casefold()}
        if domain in listed:
            same.add(domain.name_en.casefold())
        if known.isdisjoint(same):
            known |= same
            _add_domain(
                session,
                actor,
                domain,
                now,
            )


def _add_domain(session: Session, actor: Actor, domain: NewDomain, now: datetime) -> None:
    try:
        set_domain(
            session,
            actor,
            None,
            now,
            **asdict(domain),
        )
    except Refused:
        raise Refused(
            N_("Two domains would have the same name: “%(name)s”."), field="others", name=domain.name
        ) from None


def names_there(session: Session) -> set[str]:
    """Return what domains are called here, in either language."""
    names = session.exec(select(Domain.name, Domain.name_en)).all()
    return {name.casefold() for pair in names for name in pair if name}


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
    roster = session.exec(select(Roster).where(Roster.name == name)).first()
    if name and roster is None:
        raise Refused(N_("Tick this roster too, so that it is there."), field="usual")
    set_default(
        session,
        actor,
        roster,
        now,
    )


def put_aside(session: Session, actor: Actor, aside: bool, now: datetime) -> None:
    """Take the guide off the desk and the menu, or put it there again."""
    programme.change(
        session,
        actor,
        settings_of(session).version,
        {"guide_aside": aside},
        now,
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
