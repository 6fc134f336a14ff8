"""Verbs on one's own mentor request. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.mentor_requests import queries, rules
from mentorship.mentor_requests.models import OPEN, WITHDRAWN, MentorRequest, Need, RequestOutcome
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain


def add_need(
    session: Session, actor: Actor, *, domain_id: int, current: int, target: int, now: datetime
) -> MentorRequest:
    """Add a need to one's open request, or change it; without an open request this is the first need of a new one."""
    rules.check_need(current, target)
    if session.get(Domain, domain_id) is None:
        raise Refused(N_("This domain is no longer there."))
    asked = queries.open_request(session, actor.person_id)
    if asked is None:
        request = MentorRequest(person_id=actor.person_id, created_at=now, changed_at=now)
        session.add(request)
        session.flush()
        audit.record(session, now, actor.person_id, "ask for a mentor", "mentor request", request.id)
        asked = queries.Asked(request, [])
    else:
        asked = queries.Asked(*_own(session, asked.request.id or 0))
    rules.check_room([n.domain_id for n in asked.needs], domain_id)
    rows = [(n.domain_id, n.current_level, n.target_level) for n in asked.needs if n.domain_id != domain_id]
    at = next((i for i, n in enumerate(asked.needs) if n.domain_id == domain_id), len(rows))
    rows.insert(at, (domain_id, current, target))
    _write(session, asked.request, rows, now)
    return asked.request


def _write(session: Session, request: MentorRequest, rows: Sequence[tuple[int, int, int]], now: datetime) -> None:
    assert request.id is not None
    main = session.exec(select(Need.domain_id).where(Need.request_id == request.id, Need.position == 1)).first()
    if main != rows[0][0]:  # why nobody was found concerned the main wish that was
        session.exec(delete(RequestOutcome).where(col(RequestOutcome.request_id) == request.id))
    session.exec(delete(Need).where(col(Need.request_id) == request.id))
    session.expire_all()
    for position, (domain_id, current, target) in enumerate(rows, 1):
        session.add(
            Need(
                request_id=request.id,
                position=position,
                domain_id=domain_id,
                current_level=current,
                target_level=target,
                importance=rules.importance_at(position),
            )
        )
    request.changed_at = now


def reach_level(session: Session, person_id: int, domain_id: int, level: int, now: datetime) -> None:
    """Let a need of somebody's open request begin at a level reached; one that this level fulfils stays as it is."""
    asked = queries.open_request(session, person_id)
    if asked is None:
        return
    request = session.get(MentorRequest, asked.request.id, with_for_update=True, populate_existing=True)
    if request is None or request.status != OPEN:  # a round placed it at this moment
        return
    query = select(Need).where(Need.request_id == request.id, Need.domain_id == domain_id)
    need = session.exec(query.execution_options(populate_existing=True)).first()
    if need is not None and need.current_level < level < need.target_level:
        need.current_level, request.changed_at = level, now


def _own(session: Session, request_id: int) -> tuple[MentorRequest, list[Need]]:
    # locked, so that a round published at this moment and this change follow each other
    request = session.get(MentorRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None:
        raise Refused(N_("This request is no longer there."))
    rules.check_open(request.status)
    return request, queries.needs_of(session, [request_id]).get(request_id, [])


def remove_need(session: Session, actor: Actor, request_id: int, domain_id: int, now: datetime) -> None:
    """Take a need off; with the last one the request is withdrawn."""
    request, needs = _own(session, request_id)
    rows = [(n.domain_id, n.current_level, n.target_level) for n in needs if n.domain_id != domain_id]
    if rows:
        _write(session, request, rows, now)
    else:
        withdraw(session, actor, request_id, now)


def make_main(session: Session, request_id: int, domain_id: int, now: datetime) -> None:
    """Make a need the main one."""
    request, needs = _own(session, request_id)
    ordered = sorted(needs, key=lambda n: n.domain_id != domain_id)
    _write(session, request, [(n.domain_id, n.current_level, n.target_level) for n in ordered], now)


def set_goal(session: Session, request_id: int, goal: str, now: datetime) -> None:
    """Say in words what one wants to reach."""
    request, _ = _own(session, request_id)
    request.goal, request.changed_at = goal, now


def withdraw(session: Session, actor: Actor, request_id: int, now: datetime) -> None:
    """Withdraw an open request."""
    request, _ = _own(session, request_id)
    request.status, request.changed_at = WITHDRAWN, now
    audit.record(session, now, actor.person_id, "withdraw request", "mentor request", request_id)


def reopen(session: Session, actor: Actor, request_id: int, now: datetime) -> None:
    """Undo a withdrawal, when no other request was opened meanwhile."""
    request = session.get(MentorRequest, request_id)
    if request is None or request.status != WITHDRAWN or queries.open_request(session, actor.person_id):
        raise Refused(N_("This request cannot be opened again."))
    request.status, request.changed_at = OPEN, now
    audit.record(session, now, actor.person_id, "open request again", "mentor request", request_id)


def tell_outcomes(
    session: Session,
    round_name: str,
    counts: Mapping[int, tuple[int, int, int, int]],
    *,
    placed: Collection[int],
    now: datetime,
) -> None:
    """Note why a round found nobody (how many are able, reachable, free, fitting); forget it of who was placed."""
    ids = sorted({*counts, *placed})
    for start in range(0, len(ids), 5000):
        session.exec(delete(RequestOutcome).where(col(RequestOutcome.request_id).in_(ids[start : start + 5000])))
    for request_id, (able, reachable, free, fitting) in counts.items():
        session.add(
            RequestOutcome(
                request_id=request_id, round_name=round_name, told_at=now,
                able=able, reachable=reachable, free=free, fitting=fitting,
            )
        )  # fmt: skip
