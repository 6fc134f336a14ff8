"""Reads of the knowledge map: a fixed number of queries, however many people and domains there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import locale
from mentorship.base.keeping import QUIET, kept
from mentorship.insight.knowledge.facts import (
    HIGH,
    MODERATE,
    VERY_HIGH,
    Bands,
    Facts,
    Field,
    Grower,
    Holder,
    Offer,
)
from mentorship.matching import LEAST_LEVEL
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need
from mentorship.mentorships.goals import paces
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.goals.rules import CHANGING
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import coverage
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Capacity, Expertise, Plan
from mentorship.profiles.rules import free_places, is_paused, places_that_count
from mentorship.programme.queries import programme


def gathered(session: Session, now: datetime) -> Facts:
    """Return everything the map is counted from, of everybody; kept by language until something is decided."""
    return kept(
        session,
        f"insight.knowledge.{locale()}",
        now,
        lambda: _gathered(session, now),
        but=QUIET | {"note week", "note other guiding", "take signal"},
    )


def _gathered(session: Session, now: datetime) -> Facts:
    today = local_date(now)
    holders, able = _knowing(session, today)
    free = _free(session, today)
    offers = [Offer(*key, free[key[1]]) for key in able if key[1] in free]
    return Facts(
        today=today,
        fields=_fields(session),
        holders=holders,
        growers=list(_growers(session, today)),
        offers=offers,
        asked=_asked(session),
        taken=paces.taken(session, now),
        sites=people.site_names(session),
        bands=_bands(session),
    )


def _bands(session: Session) -> Bands:
    """Return what a risk is called, by the settings of the programme."""
    settings = programme(session)
    return (
        (settings.risk_very_high, VERY_HIGH),
        (settings.risk_high, HIGH),
        (settings.risk_moderate, MODERATE),
    )


def _fields(session: Session) -> list[Field]:
    found = []
    for domain in profiles.domains(session):
        one = Field(id_of(domain), domain.title, domain.critical, domain.remote)
        found.append(one)
    return found


def _knowing(session: Session, today: date) -> tuple[list[Holder], list[tuple[int, int, int]]]:
    """Return who holds each domain, and the (domain, person, site) of who wants to pass it on and can."""
    holders = []
    able = []
    for row in session.execute(_levels()):
        if row.willing and row.level >= LEAST_LEVEL:
            key = row.domain_id, row.person_id, row.site_id
            able.append(key)
        if row.level >= coverage.HOLDS:
            holder = Holder(
                row.domain_id,
                row.person_id,
                row.site_id,
                row.willing,
                coverage.horizon(row.horizon, row.last_day, today),
            )
            holders.append(holder)
    return holders, able


def _levels() -> Any:
    """Return the query of what people here can, from the lowest level that counts."""
    least = min(LEAST_LEVEL, coverage.HOLDS)
    query = columns(
        col(Expertise.domain_id),
        col(Expertise.person_id),
        col(Person.site_id),
        col(Expertise.level),
        col(Expertise.willing),
        col(Plan.horizon),
        col(Person.last_day),
    )
    query = query.join(Person, col(Person.id) == col(Expertise.person_id))
    query = query.outerjoin(Plan, col(Plan.person_id) == col(Expertise.person_id))
    query = query.where(
        col(Expertise.level) >= least,
        col(Person.left_on).is_(None),
    )
    return query.order_by(
        col(Expertise.domain_id),
        col(Expertise.person_id),
    )


def _free(session: Session, today: date) -> dict[int, int]:
    """Return how many places each mentor has free; who pauses has none."""
    taken = dict(session.execute(_places_taken()).all())
    query = select(Capacity).join(Person, col(Person.id) == Capacity.person_id)
    settings = programme(session)
    found = {}
    for offer in session.exec(query.where(col(Person.left_on).is_(None))):
        usable = places_that_count(offer, settings)
        if is_paused(offer.paused, offer.paused_until, today):
            usable = 0
        found[offer.person_id] = free_places(usable, taken.get(offer.person_id, 0))
    return found


def _places_taken() -> Any:
    query: Any = columns(col(Mentorship.mentor_id), func.count()).where(col(Mentorship.status).in_(OCCUPYING))
    return query.group_by(col(Mentorship.mentor_id))


def _growers(session: Session, today: date) -> Iterator[Grower]:
    """Yield the juniors of running pairs, for each goal that is not reached yet."""
    for row in session.execute(_goals()):
        stands = max(row.level or 0, row.start_level)
        if stands >= row.target_level:
            continue
        yield Grower(
            row.domain_id,
            row.junior_id,
            row.site_id,
            stands,
            row.target_level,
            local_date(row.since or row.made_at),
            coverage.horizon(row.horizon, row.last_day, today),
        )


def _goals() -> Any:
    """Return the query of the goals of pairs that run, with the level reached and whose they are."""
    reached = paces.reached()
    query: Any = columns(
        col(Goal.domain_id),
        col(Mentorship.junior_id),
        col(Person.site_id),
        reached.c.level,
        col(Goal.start_level),
        col(Goal.target_level),
        col(Goal.made_at),
        reached.c.since,
        col(Plan.horizon),
        col(Person.last_day),
    )
    query = query.join(Mentorship, col(Mentorship.id) == col(Goal.mentorship_id))
    query = query.join(Person, col(Person.id) == col(Mentorship.junior_id))
    query = query.outerjoin(Plan, col(Plan.person_id) == col(Mentorship.junior_id))
    query = query.outerjoin(reached, reached.c.goal_id == col(Goal.id))
    query = query.where(
        col(Mentorship.status).in_(CHANGING),
        col(Goal.dropped_at).is_(None),
        col(Person.left_on).is_(None),
    )
    return query.order_by(
        col(Goal.domain_id),
        col(Goal.id),
    )


def _asked(session: Session) -> list[tuple[int, int]]:
    """Return for each open request the domain that is asked for first, and the site of who asks."""
    query = (
        columns(col(Need.domain_id), col(Person.site_id))
        .join(MentorRequest, col(MentorRequest.id) == col(Need.request_id))
        .join(Person, col(Person.id) == col(MentorRequest.person_id))
        .where(
            col(MentorRequest.status) == OPEN,
            col(Need.position) == 1,
            col(Person.left_on).is_(None),
        )
        .order_by(col(Need.domain_id), col(Need.request_id))
    )
    return [(domain_id, site_id) for domain_id, site_id in session.execute(query)]
