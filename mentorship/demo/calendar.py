"""Who works otherwise than by a cycle of whole days, when a site is closed, who is away now, and who leaves soon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.demo.diary import actor
from mentorship.leaving import actions as leaving
from mentorship.mentorships.hours.rules import week_of
from mentorship.mentorships.models import ACTIVE, PROPOSED, Mentorship
from mentorship.people.access import HR, MANAGER, Actor
from mentorship.people.models import Person, PersonRole, Site
from mentorship.people.queries import people_with_role
from mentorship.profiles.away import actions as away
from mentorship.profiles.closed_days import actions as closed_days
from mentorship.profiles.closed_days import holidays
from mentorship.profiles.coverage import HOLDS
from mentorship.profiles.filled.actions import give_roster
from mentorship.profiles.models import Expertise
from mentorship.profiles.rosters import actions, editing
from mentorship.profiles.rosters.days import Days
from mentorship.profiles.rosters.editing import Times, Wanted
from mentorship.profiles.rosters.models import Roster, Shift

SPLIT = "gebroken dienst, storingen"
BLOCKS = (
    Times("O", 7 * 60, 11 * 60, "ochtendblok"),
    Times("A", 17 * 60, 21 * 60, "avondblok"),
)
DATED = "revisiestop Botlek"
TWELVE_HOURS = "T1"
DEFAULT = "dagdienst"
CARNIVAL_AT = "Eindhoven"
BEFORE_EASTER = timedelta(days=49)
"""Carnival Monday is seven weeks before Easter Monday."""
GONE = timedelta(days=17)
LEAVES_IN = timedelta(days=12)
ENOUGH = 3
"""Who leaves holds more domains than so many."""


def keep_rosters(session: Session, now: datetime, until: datetime) -> None:
    """Let hr make a split roster and dated days, give them to some, choose a default, and close a site for carnival."""
    hr = _hr(session)
    first = week_of(local_date(until))
    crew = _without_role(session)
    split = _split(session, hr, now)
    give_roster(session, hr, crew[:3], split, now)
    stop = _dated(session, hr, first, now)
    give_roster(session, hr, crew[3:5], stop, now, first)
    default = session.exec(select(Roster).where(Roster.name == DEFAULT)).one()
    editing.set_default(session, hr, default, now)
    _close_for_carnival(session, hr, now, local_date(until))


def _split(session: Session, hr: Actor, now: datetime) -> int:
    """Make a roster of two blocks a day."""
    week = week_of(local_date(now))
    blocks = [id_of(editing.add_shift(session, hr, times, now)) for times in BLOCKS]
    days = (tuple(blocks),) * 5
    wanted = Wanted(SPLIT, week, repeats=True, runs_on=True, is_default=False)
    return _made(session, hr, wanted, (*days, (), ()), now)


def _dated(session: Session, hr: Actor, first: date, now: datetime) -> int:
    """Make a roster of four weeks that come once."""
    by_code = select(Shift).where(Shift.code == TWELVE_HOURS)
    twelve_hours = session.exec(by_code).one()
    at_work = ((id_of(twelve_hours),),) * 10
    free = ((),) * 4
    wanted = Wanted(DATED, first, repeats=False, runs_on=True, is_default=False)
    return _made(session, hr, wanted, (*at_work, *free, *at_work, *free), now)


def _close_for_carnival(session: Session, hr: Actor, now: datetime, today: date) -> None:
    site = session.exec(select(Site).where(Site.name == CARNIVAL_AT)).one()
    day = _carnival(site.region, today)
    closed_days.close_on(session, hr, id_of(site), day, now)


def _hr(session: Session) -> Actor:
    return actor(session, min(people_with_role(session, HR)))


def _without_role(session: Session) -> list[int]:
    """Return who neither learns nor guides, nor leads or runs anything."""
    held = select(PersonRole.person_id)
    others = select(Person.id).where(col(Person.id).not_in(held))
    return [person_id for person_id in session.exec(others.order_by(col(Person.id).desc())) if person_id]


def _made(session: Session, hr: Actor, wanted: Wanted, days: Days, now: datetime) -> int:
    """Make a roster as somebody would: from a shape, then what it is to be, then its days."""
    roster = actions.add_roster(
        session,
        hr,
        name=wanted.name,
        shape="day",
        starts_on=wanted.starts_on,
        now=now,
    )
    roster_id = id_of(roster)
    editing.change_roster(session, hr, roster_id, wanted, now)
    session.flush()
    editing.set_days(
        session,
        hr,
        roster_id,
        days=days,
        seen=editing.days_of(session, roster),
        now=now,
    )
    return roster_id


def _carnival(region: str, today: date) -> date:
    """Return the next carnival Monday."""
    found = []
    for year in (today.year, today.year + 1):
        for day, name in holidays.of_region(region, year).items():
            if name == "Easter Monday":
                found.append(day - BEFORE_EASTER)
    return min(day for day in found if day >= today)


def come_and_go(session: Session, now: datetime) -> None:
    """Let a mentor be away from today on for over two weeks, and hr say the last day of another."""
    gone, leaver = _mentors(session)
    today = local_date(now)
    away.set_away(
        session,
        actor(session, gone),
        gone,
        first_day=today,
        last_day=today + GONE,
        now=now,
    )
    leaving.set_last_day(
        session,
        _hr(session),
        leaver,
        today + LEAVES_IN,
        now,
    )


def _mentors(session: Session) -> Sequence[int]:
    """Return two whose pairs began last, who lead nobody and have no proposal to answer; the other has much to pass on.

    So much that not all of it is on the plan that is begun when they leave.
    """
    busy = select(Mentorship.mentor_id).where(Mentorship.status == PROPOSED)
    leads = select(PersonRole.person_id).where(PersonRole.role == MANAGER)
    running = select(Mentorship.mentor_id).where(
        Mentorship.status == ACTIVE,
        col(Mentorship.mentor_id).not_in(busy),
        col(Mentorship.mentor_id).not_in(leads),
    )
    in_order = running.order_by(col(Mentorship.id).desc())
    first, *others = dict.fromkeys(session.exec(in_order))
    knowing = _who_knows_much(session)
    for other in others:
        if other in knowing:
            return first, other
    return first, others[0]


def _who_knows_much(session: Session) -> set[int]:
    held = select(Expertise.person_id).where(
        Expertise.level >= HOLDS,
    )
    by_person = held.group_by(col(Expertise.person_id))
    much = by_person.having(func.count() > ENOUGH)
    return set(session.exec(much))
