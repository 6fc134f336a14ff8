"""Reads of addresses for a planning system, and of the hours that stand there. The number of queries never grows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.secret_codes import digest
from mentorship.insight.planning import rules
from mentorship.insight.planning.hours import JUNIOR, MENTOR, HourRow
from mentorship.insight.planning.models import PlanningFeed
from mentorship.insight.week import queries as weeks
from mentorship.insight.week.plan import Plan
from mentorship.insight.week.queries import Scope
from mentorship.mentorships.hours.rules import WEEK, week_of
from mentorship.people.access import COORDINATOR, Actor, Subject
from mentorship.people.models import Person
from mentorship.people.queries import is_here, roles_of, site_names

A_DAY = timedelta(days=1)


def feeds(session: Session, actor: Actor) -> list[PlanningFeed]:
    """Return the addresses that somebody may stop, the newest first: their own, or all for a coordinator."""
    query = select(PlanningFeed).order_by(col(PlanningFeed.id).desc())
    if not actor.has(COORDINATOR):
        query = query.where(PlanningFeed.person_id == actor.person_id)
    return list(session.exec(query))


def count_of(session: Session, person_id: int) -> int:
    """Count the addresses that somebody made and did not stop."""
    query = select(func.count()).select_from(PlanningFeed)
    return session.exec(query.where(PlanningFeed.person_id == person_id)).one()


def subject(session: Session, feed_id: int) -> Subject | None:
    """Return who made an address."""
    found = session.get(PlanningFeed, feed_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))


def one(session: Session, feed_id: int) -> PlanningFeed:
    """Return an address that exists."""
    return session.get_one(PlanningFeed, feed_id)


def held(session: Session, feed_id: int) -> PlanningFeed | None:
    """Return an address as it is now, None where it was stopped meanwhile; nobody else changes it."""
    return locked(session, PlanningFeed, feed_id)


def opened(session: Session, secret: str, now: datetime) -> PlanningFeed | None:
    """Return the address with this secret; None for one never given, stopped, or of who may give it no longer."""
    query = select(PlanningFeed).join(Person, col(Person.id) == PlanningFeed.person_id)
    query = query.where(PlanningFeed.token_hash == digest(secret))
    query = query.where(is_here(local_date(now)))
    found = session.exec(query).first()
    if found is None:
        return None
    roles = roles_of(session, found.person_id)
    if not rules.may_give(roles, found.person_id, found.manager_id):
        return None
    return found


def span(today: date) -> tuple[date, date]:
    """Return the first and last day that an address tells of."""
    return today, today + WEEK * rules.WEEKS - A_DAY


def hours(session: Session, feed: PlanningFeed, today: date) -> list[HourRow]:
    """Return the hours that stand at an address, by day and number."""
    first, last = span(today)
    monday = week_of(first)
    number = (week_of(last) - monday) // WEEK + 1
    sites = [] if feed.site_id is None else [feed.site_id]
    found = weeks.everybody(
        session,
        Scope(feed.manager_id, sites),
        monday,
        number,
        today,
    )
    mondays = [monday + WEEK * place for place in range(number)]
    ids = [id_of(person) for person in found]
    plan = weeks.plan(
        session,
        ids,
        mondays,
        today,
    )
    days = [first + A_DAY * place for place in range((last - first).days + 1)]
    rows = list(_rows(found, plan, days, site_names(session)))
    return sorted(rows, key=lambda row: (row.day, row.number, row.role))


def _rows(
    found: Sequence[Person],
    plan: Plan,
    days: Sequence[date],
    sites: Mapping[int, str],
) -> Iterator[HourRow]:
    for person in found:
        site = sites.get(person.site_id, "")
        for day in days:
            for role in (MENTOR, JUNIOR):
                row = _row(
                    person,
                    plan,
                    day,
                    role,
                    site,
                )
                if row.hours:
                    yield row


def _row(
    person: Person,
    plan: Plan,
    day: date,
    role: str,
    site: str,
) -> HourRow:
    person_id = id_of(person)
    hours = plan.guides(person_id, day) if role == MENTOR else plan.learns(person_id, day)
    others = []
    for meeting in plan.of(person_id, day):
        guides = meeting.pair.mentor_id == person_id
        if guides == (role == MENTOR) and meeting.guiding.hours:
            others.append(plan.persons[meeting.pair.other_of(person_id)])
    return HourRow(
        day=day,
        number=person.number,
        name=person.name,
        site=site,
        role=role,
        hours=hours,
        with_numbers=tuple(other.number for other in others),
        with_names=tuple(other.name for other in others),
    )
