"""Verbs on one's own mentor request. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.db import chunked, id_of, locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import CHANGED, About, keep, state, state_verb
from mentorship.mentor_requests import queries, rules
from mentorship.mentor_requests.models import OPEN, WITHDRAWN, MentorRequest, Need, RequestOutcome
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain

SUBJECT = "mentor request"

Wanted = tuple[int, int, int]
"""A domain with the level one has and the one to reach."""


def add_need(
    session: Session,
    actor: Actor,
    *,
    domain_id: int,
    current: int,
    target: int,
    now: datetime,
) -> MentorRequest:
    """Add a need to one's open request, or change it; without an open request this is the first need of a new one."""
    rules.check_need(current, target)
    if session.get(Domain, domain_id) is None:
        raise Refused(N_("This domain is no longer there."))
    is_first = queries.open_request(session, actor.person_id) is None
    asked = _own_or_new(session, actor, now)
    request_id = id_of(asked.request)
    domains = [need.domain_id for need in asked.needs]
    rules.check_room(domains, domain_id)
    wanted = {}
    for need in asked.needs:
        wanted[need.domain_id] = _wanted(need)
    wanted[domain_id] = domain_id, current, target  # in its place, or last
    if is_first:
        write_needs(session, asked.request, list(wanted.values()), now)
        state_verb(
            session,
            take_back,
            About("ask for a mentor", SUBJECT, request_id),
            request_id=request_id,
            changed_at=now.isoformat(),
        )
    else:
        _change(session, asked.request, list(wanted.values()), "change needs", now)
    return asked.request


def _own_or_new(session: Session, actor: Actor, now: datetime) -> queries.OpenRequest:
    known = queries.open_request(session, actor.person_id)
    if known is not None:
        return _own(session, id_of(known.request))
    request = MentorRequest(
        person_id=actor.person_id,
        created_at=now,
        changed_at=now,
    )
    session.add(request)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "ask for a mentor",
        SUBJECT,
        request.id,
    )
    return queries.OpenRequest(request, [])


def _change(session: Session, request: MentorRequest, wanted: Sequence[Wanted], verb: str, now: datetime) -> None:
    """Write other needs on a request, which can be undone."""
    request_id = id_of(request)
    kept = [
        keep(session, MentorRequest, id=request_id),
        keep(session, Need, request_id=request_id),
        keep(session, RequestOutcome, request_id=request_id),
    ]
    write_needs(session, request, wanted, now)
    for rows in kept:
        state(session, rows, About(verb, SUBJECT, request_id))


def _wanted(need: Need) -> Wanted:
    return need.domain_id, need.current_level, need.target_level


def write_needs(session: Session, request: MentorRequest, wanted: Sequence[Wanted], now: datetime) -> None:
    """Let a request ask for these needs and no others, the main one first."""
    request_id = id_of(request)
    main = select(Need.domain_id).where(
        Need.request_id == request_id,
        Need.position == 1,
    )
    first_domain = wanted[0][0]
    if session.exec(main).first() != first_domain:  # why nobody was found concerned the main wish that was
        told = col(RequestOutcome.request_id) == request_id
        session.exec(delete(RequestOutcome).where(told))
    earlier = col(Need.request_id) == request_id
    session.exec(delete(Need).where(earlier))
    session.expire_all()
    for position, (domain_id, current, target) in enumerate(wanted, 1):
        need = Need(
            request_id=request_id,
            position=position,
            domain_id=domain_id,
            current_level=current,
            target_level=target,
            importance=rules.importance_at(position),
        )
        session.add(need)
    request.changed_at = now


def reach_level(session: Session, person_id: int, domain_id: int, level: int, now: datetime) -> None:
    """Let a need of somebody's open request begin at a level reached; one that this level fulfils stays as it is."""
    asked = queries.open_request(session, person_id)
    if asked is None:
        return
    request = locked(session, MentorRequest, asked.request.id)
    if request is None or request.status != OPEN:  # a round placed it at this moment
        return
    in_domain = select(Need).where(
        Need.request_id == request.id,
        Need.domain_id == domain_id,
    )
    as_it_is_now = in_domain.execution_options(populate_existing=True)
    need = session.exec(as_it_is_now).first()
    if need is not None and need.current_level < level < need.target_level:
        need.current_level = level
        request.changed_at = now


def _own(session: Session, request_id: int, field: str = "") -> queries.OpenRequest:
    # locked, so that a round published at this moment and this change follow each other
    request = locked(session, MentorRequest, request_id)
    if request is None:
        raise Refused(N_("This request is no longer there."), field=field)
    rules.check_open(request.status, field)
    return queries.with_needs(session, request)


def remove_need(session: Session, actor: Actor, request_id: int, domain_id: int, now: datetime) -> None:
    """Take a need off; with the last one the request is withdrawn."""
    asked = _own(session, request_id)
    wanted = [_wanted(need) for need in asked.needs if need.domain_id != domain_id]
    if wanted:
        _change(session, asked.request, wanted, "take off need", now)
    else:
        withdraw(session, actor, request_id, now)


def make_main(session: Session, request_id: int, domain_id: int, now: datetime) -> None:
    """Make a need the main one."""
    asked = _own(session, request_id)
    main_first = sorted(asked.needs, key=lambda need: need.domain_id != domain_id)
    wanted = [_wanted(need) for need in main_first]
    _change(session, asked.request, wanted, "make need main", now)


def set_goal(session: Session, request_id: int, goal: str, now: datetime) -> None:
    """Say in words what one wants to reach."""
    request = _own(session, request_id, "goal").request
    kept = keep(session, MentorRequest, id=request_id)
    request.goal = goal
    request.changed_at = now
    state(session, kept, About("set goal", SUBJECT, request_id))


def ask_trainer(session: Session, actor: Actor, request_id: int, asked: bool, now: datetime) -> None:
    """Ask that the mentor is a practice trainer, or no longer; why nobody was found concerned the request that was."""
    request = _own(session, request_id).request
    if request.trainer is asked:
        return
    told = col(RequestOutcome.request_id) == request_id
    kept = [
        keep(session, MentorRequest, id=request_id),
        keep(session, RequestOutcome, request_id=request_id),
    ]
    session.exec(delete(RequestOutcome).where(told))
    request.trainer = asked
    request.changed_at = now
    session.flush()
    verb = "ask for a practice trainer" if asked else "ask for no practice trainer"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        request_id,
    )
    for rows in kept:
        state(session, rows, About(verb, SUBJECT, request_id))


def withdraw(session: Session, actor: Actor, request_id: int, now: datetime) -> None:
    """Withdraw an open request."""
    request = _own(session, request_id).request
    request.status = WITHDRAWN
    request.changed_at = now
    audit.record(
        session,
        now,
        actor.person_id,
        "withdraw request",
        SUBJECT,
        request_id,
    )
    about = About("withdraw request", SUBJECT, request_id)
    state_verb(session, reopen, about, request_id=request_id)


def take_back(session: Session, actor: Actor, *, request_id: int, changed_at: str, now: datetime) -> None:
    """Undo sending a request, when nothing was changed about it since."""
    request = _own(session, request_id).request
    if request.changed_at != datetime.fromisoformat(changed_at):
        raise Conflict(CHANGED)
    withdraw(session, actor, request_id, now)


def reopen(session: Session, actor: Actor, request_id: int, now: datetime) -> None:
    """Undo a withdrawal, when no other request was opened meanwhile."""
    request = session.get(MentorRequest, request_id)
    newer = queries.open_request(session, actor.person_id)
    if request is None or request.status != WITHDRAWN or newer is not None:
        raise Refused(N_("This request cannot be opened again."))
    request.status = OPEN
    request.changed_at = now
    audit.record(
        session,
        now,
        actor.person_id,
        "open request again",
        SUBJECT,
        request_id,
    )


def tell_outcomes(
    session: Session,
    round_name: str,
    counts: Mapping[int, tuple[int, int, int, int]],
    *,
    placed: Collection[int],
    now: datetime,
) -> None:
    """Note why a round found nobody (how many are able, reachable, free, fitting); forget it of who was placed."""
    for some in chunked([*counts, *placed]):
        earlier = col(RequestOutcome.request_id).in_(some)
        session.exec(delete(RequestOutcome).where(earlier))
    for request_id, (able, reachable, free, fitting) in counts.items():
        told = RequestOutcome(
            request_id=request_id,
            round_name=round_name,
            told_at=now,
            able=able,
            reachable=reachable,
            free=free,
            fitting=fitting,
        )
        session.add(told)
