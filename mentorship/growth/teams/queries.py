"""Reads of a team: a fixed number of them, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.growth.models import JobHeld, JobLevel
from mentorship.growth.teams import rules
from mentorship.growth.teams.rules import Member
from mentorship.people import managers, queries
from mentorship.people.access import JUNIOR, SENIOR
from mentorship.people.models import Person
from mentorship.profiles.models import Expertise

MOST = 200
"""So many people of a team are looked at, by name."""


def leaders(session: Session) -> list[Person]:
    """Return who manages somebody who is here, by name."""
    led = select(Person.manager_id).where(col(Person.left_on).is_(None), col(Person.manager_id).is_not(None))
    query = select(Person).where(col(Person.id).in_(led), col(Person.left_on).is_(None))
    return list(session.exec(query.order_by(*queries.BY_NAME)))


def of_team(session: Session, manager_id: int) -> list[Person]:
    """Return who works directly under a manager, by name."""
    query = select(Person).where(managers.has_manager(Person, manager_id), col(Person.left_on).is_(None))
    return list(session.exec(query.order_by(*queries.BY_NAME).limit(MOST)))


def showing(session: Session, people: Sequence[Person]) -> set[int]:
    """Return which of these people show their managers how far they are."""
    ids = [id_of(person) for person in people]
    query = select(JobHeld.person_id).where(col(JobHeld.person_id).in_(ids), col(JobHeld.shown))
    return set(session.exec(query))


def members(session: Session, people: Sequence[Person], *, whole: bool) -> list[Member]:
    """Return how these people stand; not `whole`: each in what their own job asks alone, as they show it."""
    ids = [id_of(person) for person in people]
    have, willing = _levels(session, ids)
    asked = _asked(session, ids)
    roles = queries.roles_of_many(session, ids)
    found = []
    for person_id in ids:
        held = roles.get(person_id, ())
        begins = JUNIOR in held and SENIOR not in held
        one = Member(person_id, have[person_id], willing[person_id], asked[person_id], begins)
        found.append(one if whole else rules.as_shown(one))
    return found


def _levels(session: Session, ids: Sequence[int]) -> tuple[Any, Any]:
    have: dict[int, dict[int, int]] = defaultdict(dict)
    willing: dict[int, set[int]] = defaultdict(set)
    query = select(Expertise).where(col(Expertise.person_id).in_(ids))
    for row in session.exec(query):
        have[row.person_id][row.domain_id] = row.level
        if row.willing:
            willing[row.person_id].add(row.domain_id)
    return have, willing


def _asked(session: Session, ids: Sequence[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    query = select(JobHeld.person_id, JobLevel.domain_id, JobLevel.level)
    joined = query.join(JobLevel, col(JobLevel.profile_id) == JobHeld.profile_id)
    for person_id, domain_id, level in session.exec(joined.where(col(JobHeld.person_id).in_(ids))):
        found[person_id][domain_id] = level
    return found
