"""Reads of mentor requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from mentorship.base.clock import local_date
from mentorship.base.db import chunked, id_of
from mentorship.base.lists import View
from mentorship.mentor_requests.models import OPEN, WITHDRAWN, MentorRequest, Need, RequestOutcome
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person

EVERYTHING = View(sort="since")


@dataclass(frozen=True)
class OpenRequest:
    """A request that waits for a mentor, with its needs, the main one first."""

    request: MentorRequest
    needs: list[Need]


def open_request(session: Session, person_id: int) -> OpenRequest | None:
    """Return a person's open request."""
    query = select(MentorRequest).where(
        MentorRequest.person_id == person_id,
        MentorRequest.status == OPEN,
    )
    found = session.exec(query).first()
    if found is None:
        return None
    return with_needs(session, found)


def with_needs(session: Session, request: MentorRequest) -> OpenRequest:
    """Return a request with its needs."""
    request_id = id_of(request)
    needs = needs_of(session, [request_id])
    return OpenRequest(request, needs.get(request_id, []))


def outcome(session: Session, request_id: int) -> RequestOutcome | None:
    """Return what the last published round came to for a request nobody was found for."""
    return session.get(RequestOutcome, request_id)


def last_withdrawn(session: Session, person_id: int) -> MentorRequest | None:
    """Return a person's newest request when it is a withdrawn one, which can be opened again."""
    theirs = select(MentorRequest).where(MentorRequest.person_id == person_id)
    newest_first = theirs.order_by(col(MentorRequest.id).desc())
    newest = session.exec(newest_first).first()
    if newest is None or newest.status != WITHDRAWN:
        return None
    return newest


def needs_of(session: Session, request_ids: Iterable[int | None]) -> dict[int, list[Need]]:
    """Return the needs of requests, the main one first."""
    found: dict[int, list[Need]] = {}
    for some in chunked(request_ids):
        query = (
            select(Need)
            .where(
                col(Need.request_id).in_(some),
            )
            .order_by(col(Need.request_id), col(Need.position))
        )
        for need in session.exec(query):
            found.setdefault(need.request_id, []).append(need)
    return found


def count_open(session: Session, view: View = EVERYTHING, now: datetime | None = None) -> int:
    """Count the open requests that fit a view; by how long somebody waits, as of `now`."""
    fitting = _fitting(view, now).subquery()
    waiting = select(func.count()).select_from(fitting)
    return session.exec(waiting).one()


def place_in_line(session: Session, request: MentorRequest) -> tuple[int, int]:
    """Return the place of an open request by how long it waits, and how many wait."""
    waits_longer = or_(
        col(MentorRequest.created_at) < request.created_at,
        and_(col(MentorRequest.created_at) == request.created_at, col(MentorRequest.id) < request.id),
    )
    before = func.count().filter(waits_longer)
    query = select(before, func.count()).select_from(MentorRequest).where(MentorRequest.status == OPEN)
    ahead, everybody = session.exec(query).one()
    return ahead + 1, everybody


def oldest_open(session: Session) -> date | None:
    """Return since when the oldest open request waits, None when there is none."""
    query = select(func.min(MentorRequest.created_at)).where(MentorRequest.status == OPEN)
    since = session.exec(query).one()
    return local_date(since) if since else None


def _fitting(view: View, now: datetime | None) -> Select[MentorRequest, Person]:
    """Return a query of the open requests that fit a view, in no order."""
    named = people.named(view.text)
    query = (
        select(MentorRequest, Person)
        .join(Person, col(Person.id) == MentorRequest.person_id)
        .where(MentorRequest.status == OPEN, *named)
    )
    if sites := view.ids("site"):
        query = query.where(col(Person.site_id).in_(sites))
    if domains := view.ids("domain"):
        in_domains = col(Need.domain_id).in_(domains)
        asking = select(Need.request_id).where(in_domains)
        query = query.where(col(MentorRequest.id).in_(asking))
    weeks = view.one("waits")
    if weeks and now is not None:
        before = now - timedelta(weeks=int(weeks))
        query = query.where(MentorRequest.created_at <= before)
    return query


def list_open(session: Session, view: View, now: datetime) -> list[tuple[OpenRequest, Person]]:
    """Return the open requests that a view shows; those that are equal in how it sorts, the oldest first."""
    orders: dict[str, Any] = {
        "who": col(Person.sort_key),
        "site": people.place_of_site(session),
    }
    order = orders.get(view.sort, col(MentorRequest.created_at))
    if view.descending:
        order = order.desc()
    query = _fitting(view, now).order_by(
        order,
        col(MentorRequest.created_at),
        col(MentorRequest.id),
    )
    page = query.offset(view.offset).limit(view.limit)
    rows = session.exec(page).all()
    request_ids = [request.id for request, _ in rows]
    needs = needs_of(session, request_ids)
    found = []
    for request, person in rows:
        own = needs.get(id_of(request), [])
        asked = OpenRequest(request, own)
        found.append((asked, person))
    return found


def request_subject(session: Session, request_id: int) -> Subject | None:
    """Return whose request it is."""
    found = session.get(MentorRequest, request_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))
