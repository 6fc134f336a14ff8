"""Reads of the list of pairs: which fit what is looked for, in which order, and what stands of each in its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mentorship.base.db import MANY, id_of
from mentorship.base.letters import folded
from mentorship.base.lists import View
from mentorship.insight.duos.scope import Scope
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import ACTIVE, PAUSED, Mentorship
from mentorship.people import managers
from mentorship.people.access import MANAGER
from mentorship.people.models import Person, PersonRole
from mentorship.people.queries import BY_NAME, has_word, place_of_site
from mentorship.profiles import queries as profiles

Mentor = aliased(Person)
Junior = aliased(Person)
STANDING = (ACTIVE, PAUSED)
"""The pairs that are shown when nothing else is chosen: proposals and those that ended are a view of their own."""
ENDING = "ending"
"""The view of those that run until a day that is near."""
MOST_MANAGERS = 200
"""So many managers can be chosen from; of more, nobody finds one in a list."""


@dataclass(frozen=True)
class Found:
    """A pair with both people."""

    pair: Mentorship
    mentor: Person
    junior: Person


def count(session: Session, scope: Scope, view: View) -> int:
    """Count the pairs that fit a view."""
    number: int = session.execute(
        _fitting(
            session,
            scope,
            view,
            func.count(),
        )
    ).scalar_one()
    return number


def ordered(session: Session, scope: Scope, view: View) -> list[int]:
    """Return the ids of the pairs that a view shows, as it sorts them; those that are equal in that, by name."""
    query = _fitting(
        session,
        scope,
        view,
        col(Mentorship.id),
    )
    orders = _orders(
        session,
        scope,
    )
    order = orders.get(view.sort, orders["pair"])
    if view.descending:
        order = order.desc()
    sorted_by = query.order_by(
        order,
        col(Junior.sort_key),
        col(Mentorship.id),
    )
    return list(session.scalars(sorted_by.offset(view.offset).limit(view.limit)))


def _fitting(session: Session, scope: Scope, view: View, what: Any) -> Any:
    query = sa_select(what).select_from(Mentorship)
    both = query.join(
        Mentor,
        col(Mentor.id) == Mentorship.mentor_id,
    )
    both = both.join(
        Junior,
        col(Junior.id) == Mentorship.junior_id,
    )
    near = [scope.ending] if view.one("view") == ENDING else []
    return both.where(
        scope.condition,
        *near,
        *_conditions(
            session,
            view,
        ),
    )


def _conditions(session: Session, view: View) -> list[ColumnElement[bool]]:
    statuses = view.chosen("status") or STANDING
    found = [
        col(Mentorship.status).in_(statuses),
        *_called(
            session,
            view.text,
        ),
    ]
    if sites := view.ids("site"):
        found.append(col(Junior.site_id).in_(sites))
    if domains := view.ids("domain"):
        found.append(col(Mentorship.domain_id).in_(domains))
    if chosen := view.ids("manager"):
        sides = [
            managers.has_manager(
                side,
                one,
            )
            for one in chosen
            for side in (Mentor, Junior)
        ]
        found.append(or_(*sides))
    return found


def _called(session: Session, text: str) -> list[ColumnElement[bool]]:
    """Return the conditions that every word stands in a name or number of the two, or in the domain."""
    found: list[ColumnElement[bool]] = []
    domains = profiles.domains(session) if text else []
    for word in folded(text).split():
        within = [
            has_word(
                col(side.sort_key),
                word,
            )
            for side in (Mentor, Junior)
        ]
        about = [id_of(domain) for domain in domains if word in folded(domain.titles)]
        if about:
            within.append(col(Mentorship.domain_id).in_(about))
        found.append(or_(*within))
    return found


def _orders(session: Session, scope: Scope) -> dict[str, Any]:
    """Return the columns to sort by; who may not see the hours of a pair cannot sort it by them either."""
    titles = profiles.domain_names(session)
    places = {domain_id: place for place, domain_id in enumerate(titles)}
    domain = (
        case(
            places,
            value=col(Mentorship.domain_id),
            else_=len(places),
        )
        if places
        else col(Mentorship.domain_id)
    )
    return {
        "pair": col(Junior.sort_key),
        "mentor": col(Mentor.sort_key),
        "domain": domain,
        "site": place_of_site(
            session,
            Junior,
        ),
        "status": col(Mentorship.status),
        "since": func.coalesce(
            col(Mentorship.started_on),
            date.min,
        ),
        "last": case(
            (scope.hours_seen, _last_week()),
            else_=date.min,
        ),
    }


def _last_week() -> Any:
    """Return the last week in which a pair worked together, as it was noted; by the index, the newest first."""
    week = col(WorkedWeek.week)
    noted = sa_select(week).where(
        col(WorkedWeek.mentorship_id) == Mentorship.id,
        col(WorkedWeek.hours) > 0,
    )
    newest = noted.order_by(week.desc()).limit(1).scalar_subquery()
    return func.coalesce(
        newest,
        date.min,
    )


def pairs(session: Session, scope: Scope, ids: Sequence[int]) -> list[Found]:
    """Return these pairs with both people, in this order: those that the reader sees."""
    query = (
        select(
            Mentorship,
            Mentor,
            Junior,
        )
        .join(Mentor, col(Mentor.id) == Mentorship.mentor_id)
        .join(Junior, col(Junior.id) == Mentorship.junior_id)
        .where(scope.condition)
    )
    if len(ids) < MANY:
        query = query.where(col(Mentorship.id).in_(ids))
    found = {}
    for pair, mentor, junior in session.exec(query):
        found[id_of(pair)] = Found(
            pair,
            mentor,
            junior,
        )
    return [found[pair_id] for pair_id in ids if pair_id in found]


def hours_noted(session: Session, ids: Collection[int], since: date, until: date) -> dict[int, dict[date, Decimal]]:
    """Return the hours that were noted of these pairs, by week, of the weeks from one Monday until another."""
    query = sa_select(
        col(WorkedWeek.mentorship_id),
        col(WorkedWeek.week),
        col(WorkedWeek.hours),
    ).where(col(WorkedWeek.week) >= since, col(WorkedWeek.week) <= until)
    found: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for pair_id, week, hours in session.execute(
        _of_pairs(
            query,
            ids,
        )
    ):
        found[pair_id][week] = hours
    return found


def last_together(session: Session, ids: Collection[int]) -> dict[int, date]:
    """Return the last week, by its Monday, in which each of these pairs worked together, as it was noted."""
    pair_id = col(WorkedWeek.mentorship_id)
    query = sa_select(
        pair_id,
        func.max(col(WorkedWeek.week)),
    ).where(col(WorkedWeek.hours) > 0)
    found = {}
    for one, week in session.execute(
        _of_pairs(
            query,
            ids,
        ).group_by(pair_id)
    ):
        found[one] = week
    return found


def _of_pairs(query: Any, ids: Collection[int]) -> Any:
    pair_id = col(WorkedWeek.mentorship_id)
    if len(ids) < MANY:
        return query.where(pair_id.in_(ids))
    return query.where(pair_id.is_not(None))


def managers_of(session: Session, scope: Scope) -> list[Person]:
    """Return the managers by whom the reader can choose, by name: those of whom they see pairs; none of very many."""
    holders = select(PersonRole.person_id).where(PersonRole.role == MANAGER)
    query = select(Person).where(
        col(Person.id).in_(holders),
        col(Person.left_on).is_(None),
        scope.names(Person),
    )
    found = list(session.exec(query.order_by(*BY_NAME).limit(MOST_MANAGERS + 1)))
    return found if 1 < len(found) <= MOST_MANAGERS else []
