"""Reads the open requests as the list needs all of them: in a few columns each; a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.db import chunked
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need
from mentorship.people.models import Person


@dataclass(frozen=True)
class Waits:
    """A request that waits: whose, since when and how many rounds, and its domains, the main one first.

    `outside_on`: since when a training outside is looked for.
    """

    request_id: int
    person_id: int
    since: datetime
    waited: int
    outside_on: date | None
    site_id: int
    manager_id: int | None
    sort_key: str
    domains: Sequence[int]


def waiting(session: Session, limit: int | None = None) -> list[Waits]:
    """Return the open requests of who is here (or so many of them), the longest waiting first."""
    query = (
        columns(
            col(MentorRequest.id),
            col(MentorRequest.person_id),
            col(MentorRequest.created_at),
            col(MentorRequest.waited),
            col(MentorRequest.outside_on),
            col(Person.site_id),
            col(Person.manager_id),
            col(Person.sort_key),
        )
        .join(Person, col(Person.id) == MentorRequest.person_id)
        .where(
            col(MentorRequest.status) == OPEN,
            col(Person.left_on).is_(None),
        )
        .order_by(col(MentorRequest.created_at), col(MentorRequest.id))
        .limit(limit)
    )
    rows = session.execute(query).all()
    domains = _domains(session)
    return [_waits(row, domains.get(row.id, ())) for row in rows]


def _waits(row: Any, domains: Sequence[int]) -> Waits:
    return Waits(
        request_id=row.id,
        person_id=row.person_id,
        since=row.created_at,
        waited=row.waited,
        outside_on=row.outside_on,
        site_id=row.site_id,
        manager_id=row.manager_id,
        sort_key=row.sort_key,
        domains=domains,
    )


def _domains(session: Session) -> dict[int, list[int]]:
    """Return the domains of each open request, the main one first."""
    query = (
        columns(col(Need.request_id), col(Need.domain_id))
        .join(MentorRequest, col(MentorRequest.id) == Need.request_id)
        .where(col(MentorRequest.status) == OPEN)
        .order_by(col(Need.request_id), col(Need.position))
    )
    found: dict[int, list[int]] = defaultdict(list)
    for request_id, domain_id in session.execute(query):
        found[request_id].append(domain_id)
    return found


def goals(session: Session, request_ids: Iterable[int]) -> dict[int, str]:
    """Return what these requests are for, in the words of who asks."""
    found: dict[int, str] = {}
    for some in chunked(request_ids):
        query = columns(col(MentorRequest.id), col(MentorRequest.goal))
        chosen = query.where(col(MentorRequest.id).in_(some))
        found.update({row.id: row.goal for row in session.execute(chosen)})
    return found
