"""Reads of mentor requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.clock import local_date
from mentorship.base.db import Given, chunked, id_of
from mentorship.base.prepared import prepared
from mentorship.mentor_requests.models import OPEN, WITHDRAWN, MentorRequest, Need, PlaceAsked, RequestOutcome
from mentorship.people.access import Subject
from mentorship.people.models import Person


@dataclass(frozen=True)
class OpenRequest:
    """A request that waits for a mentor, with its needs, the main one first."""

    request: MentorRequest
    needs: list[Need]


def open_request(session: Session, person_id: int) -> OpenRequest | None:
    """Return a person's open request."""
    found = _open(session, person_id).first()
    if found is None:
        return None
    return with_needs(session, found)


@prepared
def _open(person_id: Given[int]) -> SelectOfScalar[MentorRequest]:
    return select(MentorRequest).where(
        MentorRequest.person_id == person_id,
        MentorRequest.status == OPEN,
    )


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


def count_open(session: Session) -> int:
    """Count the open requests of who is here."""
    query = (
        select(func.count())
        .select_from(MentorRequest)
        .join(Person, col(Person.id) == MentorRequest.person_id)
        .where(MentorRequest.status == OPEN, col(Person.left_on).is_(None))
    )
    return session.exec(query).one()


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


def places_asked(session: Session, request_id: int) -> list[PlaceAsked]:
    """Return of whom a place was asked for a request, the first of them first."""
    query = select(PlaceAsked).where(PlaceAsked.request_id == request_id)
    return list(session.exec(query.order_by(col(PlaceAsked.asked_at), col(PlaceAsked.mentor_id))))


def request_subject(session: Session, request_id: int) -> Subject | None:
    """Return whose request it is."""
    found = session.get(MentorRequest, request_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))
