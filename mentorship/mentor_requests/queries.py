"""Reads of mentor requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.mentor_requests.models import OPEN, WITHDRAWN, MentorRequest, Need, RequestOutcome
from mentorship.people.access import Subject
from mentorship.people.models import Person


@dataclass(frozen=True)
class Asked:
    """A request with its needs, the main one first."""

    request: MentorRequest
    needs: list[Need]


def open_request(session: Session, person_id: int) -> Asked | None:
    """Return a person's open request."""
    query = select(MentorRequest).where(MentorRequest.person_id == person_id, MentorRequest.status == OPEN)
    found = session.exec(query).first()
    return Asked(found, needs_of(session, [found.id]).get(found.id or 0, [])) if found else None


def outcome(session: Session, request_id: int) -> RequestOutcome | None:
    """Return what the last published round came to for a request nobody was found for."""
    return session.get(RequestOutcome, request_id)


def last_withdrawn(session: Session, person_id: int) -> MentorRequest | None:
    """Return a person's newest request when it is a withdrawn one, which can be opened again."""
    query = select(MentorRequest).where(MentorRequest.person_id == person_id)
    newest = session.exec(query.order_by(col(MentorRequest.id).desc())).first()
    return newest if newest is not None and newest.status == WITHDRAWN else None


def needs_of(session: Session, request_ids: Iterable[int | None]) -> dict[int, list[Need]]:
    """Return the needs of requests, the main one first."""
    ids = [i for i in request_ids if i is not None]
    found: dict[int, list[Need]] = {}
    for start in range(0, len(ids), 5000):
        query = select(Need).where(col(Need.request_id).in_(ids[start : start + 5000]))
        for need in session.exec(query.order_by(col(Need.request_id), col(Need.position))):
            found.setdefault(need.request_id, []).append(need)
    return found


def count_open(session: Session) -> int:
    """Count the open requests."""
    query = select(func.count()).select_from(MentorRequest).where(MentorRequest.status == OPEN)
    return session.scalar(query) or 0


def list_open(session: Session, offset: int, limit: int) -> list[tuple[Asked, Person]]:
    """Return one page of the open requests, the oldest first."""
    query = select(MentorRequest, Person).join(Person, col(Person.id) == MentorRequest.person_id)
    query = query.where(MentorRequest.status == OPEN)
    rows = session.exec(
        query.order_by(col(MentorRequest.created_at), col(MentorRequest.id)).offset(offset).limit(limit)
    ).all()
    needs = needs_of(session, [r.id for r, _ in rows])
    return [(Asked(r, needs.get(r.id or 0, [])), p) for r, p in rows]


def request_subject(session: Session, request_id: int) -> Subject | None:
    """Return whose request it is."""
    found = session.get(MentorRequest, request_id)
    return Subject(frozenset({found.person_id})) if found else None
