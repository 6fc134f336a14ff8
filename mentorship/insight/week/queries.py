"""Reads of a week: whose pairs run in it, and when they are at work together. The number of queries never grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import chunked, id_of
from mentorship.base.lists import View
from mentorship.checkins.queries import is_remote
from mentorship.insight.week import rules
from mentorship.insight.week.plan import Logged, Meeting, Plan
from mentorship.insight.week.planned import NO_HOURS, week_of_pair
from mentorship.insight.week.rules import Runs
from mentorship.matching import Timetable
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.hours.rules import WEEK, at_work
from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED, SITE, Mentorship
from mentorship.people.models import Person
from mentorship.people.queries import BY_NAME, is_here, line_below, named, persons, place_of_site
from mentorship.profiles.away import queries as away
from mentorship.programme.queries import programme

GUIDES, LEARNS = "guides", "learns"
SIDES = {GUIDES: Mentorship.mentor_id, LEARNS: Mentorship.junior_id}


@dataclass(frozen=True)
class Scope:
    """Whose weeks: of a manager's line, or (None) of all; of these sites, or of every one."""

    manager_id: int | None = None
    sites: Sequence[int] = ()


def _in_week(monday: date, until: date) -> ColumnElement[bool]:
    """Return the condition that a pair may work together from a Monday until before another."""
    started = or_(
        col(Mentorship.started_on).is_(None),
        col(Mentorship.started_on) < until,
    )
    taken_up = or_(
        col(Mentorship.paused_until).is_(None),
        col(Mentorship.paused_until) < until,
    )
    lasts = or_(
        col(Mentorship.ends_on).is_(None),
        col(Mentorship.ends_on) > monday,
    )
    return or_(
        and_(col(Mentorship.status) == ACTIVE, started, taken_up, lasts),
        and_(col(Mentorship.status) == PAUSED, col(Mentorship.paused_until) < until, lasts),
        and_(col(Mentorship.status) == ENDED, started, col(Mentorship.ended_on) > monday),
    )


def _theirs(scope: Scope, monday: date, until: date, today: date, side: str = "") -> list[Any]:
    """Return what holds of a person of a scope with a pair (on a side) in these weeks."""
    sides = [SIDES[side]] if side else list(SIDES.values())
    paired = []
    for person_id in sides:
        of_pairs = columns(col(person_id)).where(_in_week(monday, until))
        paired.append(col(Person.id).in_(of_pairs))
    found: list[Any] = [or_(*paired), is_here(max(monday, today))]
    if scope.manager_id is not None:
        found.append(col(Person.id).in_(line_below(scope.manager_id)))
    if scope.sites:
        found.append(col(Person.site_id).in_(scope.sites))
    return found


def people(session: Session, scope: Scope, monday: date, today: date, view: View) -> list[Person]:
    """Return those of the people with a pair in a week that a view shows, in its order."""
    found = _theirs(
        scope,
        monday,
        monday + WEEK,
        today,
        view.one("side"),
    )
    query = select(Person).where(*found, *named(view.text))
    order: Any = place_of_site(session) if view.sort == "site" else col(Person.sort_key)
    if view.descending:
        order = order.desc()
    in_order = query.order_by(order, *BY_NAME)
    return list(session.exec(in_order.offset(view.offset).limit(view.limit)))


def count(session: Session, scope: Scope, monday: date, today: date, side: str = "", text: str = "") -> int:
    """Count the people of a scope with a pair (on a side) in a week, of whom these words are in name or number."""
    found = _theirs(
        scope,
        monday,
        monday + WEEK,
        today,
        side,
    )
    query = columns(func.count()).select_from(Person)
    number: int = session.scalars(query.where(*found, *named(text))).one()
    return number


def everybody(session: Session, scope: Scope, monday: date, weeks: int, today: date) -> list[Person]:
    """Return all people of a scope with a pair in any of these weeks, by name."""
    found = _theirs(
        scope,
        monday,
        monday + WEEK * weeks,
        today,
    )
    return list(session.exec(select(Person).where(*found).order_by(*BY_NAME)))


def plan(session: Session, person_ids: Collection[int], mondays: Sequence[date], today: date) -> Plan:
    """Return what is planned in these weeks of all pairs of some people."""
    pairs = _pairs(session, person_ids, min(mondays), max(mondays) + WEEK)
    sides = set(person_ids)
    for pair in pairs:
        sides.update((pair.mentor_id, pair.junior_id))
    known = persons(session, sides)
    runs = _runs(session, pairs, known)
    timetables = away.planned(session, sides, today)
    most = programme(session).hours_per_pair
    meetings: dict[tuple[int, date], list[Meeting]] = defaultdict(list)
    for pair in pairs:
        for one in _meetings(pair, timetables, mondays, most):
            day = one.guiding.day
            if runs[id_of(pair)].on(day):
                meetings[pair.mentor_id, day].append(one)
                meetings[pair.junior_id, day].append(one)
    return Plan(
        known,
        timetables,
        meetings,
        runs,
    )


def _runs(session: Session, pairs: Sequence[Mentorship], known: Mapping[int, Person]) -> dict[int, Runs]:
    """Return when each of these pairs works together."""
    apart = _apart(session, [id_of(pair) for pair in pairs])
    found = {}
    for pair in pairs:
        last_days = known[pair.mentor_id].last_day, known[pair.junior_id].last_day
        pair_id = id_of(pair)
        found[pair_id] = rules.runs(pair, last_days, apart.get(pair_id))
    return found


def _pairs(session: Session, person_ids: Collection[int], first: date, until: date) -> list[Mentorship]:
    found: dict[int, Mentorship] = {}
    for some in chunked(person_ids):
        query = select(Mentorship).where(
            _in_week(first, until),
            or_(
                col(Mentorship.mentor_id).in_(some),
                col(Mentorship.junior_id).in_(some),
            ),
        )
        for pair in session.exec(query):
            found[id_of(pair)] = pair
    return [found[pair_id] for pair_id in sorted(found)]


def _apart(session: Session, pair_ids: Collection[int]) -> dict[int, date]:
    """Return since when a site keeps each of these pairs apart."""
    found = {}
    for pair_id, failing in mentorships.failing(session, pair_ids).items():
        if SITE in failing:
            found[pair_id] = local_date(failing[SITE])
    return found


def _meetings(
    pair: Mentorship,
    timetables: Mapping[int, Timetable],
    mondays: Iterable[date],
    most: Decimal,
) -> list[Meeting]:
    junior = timetables.get(pair.junior_id)
    mentor = timetables.get(pair.mentor_id)
    if junior is None or mentor is None:
        return []
    remote = is_remote(pair)
    found = []
    for monday in mondays:
        week = week_of_pair(
            junior,
            mentor,
            monday,
            most,
            remote,
        )
        found += [Meeting(pair, guiding) for guiding in week]
    return found


def logged(session: Session, plan: Plan, mentor_ids: Collection[int], mondays: Sequence[date]) -> dict[int, Logged]:
    """Return what mentors logged in these weeks, beside what was planned in those they logged.

    Of pairs that work together as far as is known: what was before a pause is not planned any more.
    """
    noted = _noted(
        session,
        plan,
        mentor_ids,
        mondays,
    )
    found: dict[int, Logged] = {}
    for (mentor_id, monday), hours in noted.items():
        timetable = plan.timetables.get(mentor_id)
        own = None if timetable is None else at_work(timetable, monday)
        planned = [plan.guides(mentor_id, day) for day in rules.days_of(monday)]
        before = found.get(mentor_id, Logged(NO_HOURS, NO_HOURS, 0))
        found[mentor_id] = Logged(
            spent=before.spent + rules.hours_counted(hours, own),
            planned=before.planned + sum(planned, NO_HOURS),
            weeks=before.weeks + 1,
        )
    return found


def _noted(
    session: Session,
    plan: Plan,
    mentor_ids: Collection[int],
    mondays: Sequence[date],
) -> dict[tuple[int, date], list[Decimal]]:
    """Return the hours that mentors logged with each junior, by mentor and week."""
    rows = select(WorkedWeek).where(
        col(WorkedWeek.mentor_id).in_(mentor_ids),
        col(WorkedWeek.week).in_(mondays),
        col(WorkedWeek.mentorship_id).is_not(None),
    )
    found: dict[tuple[int, date], list[Decimal]] = defaultdict(list)
    for row in session.exec(rows):
        if plan.ran(row.mentorship_id or 0, row.week):
            found[row.mentor_id, row.week].append(row.hours)
    return found
