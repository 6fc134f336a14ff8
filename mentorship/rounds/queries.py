"""Reads of rounds: their pairs, the requests nobody was found for, and what people decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import chunked, id_of, locking
from mentorship.base.lists import View
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.rounds.counts import in_tenths
from mentorship.rounds.gather import Terms
from mentorship.rounds.models import FORBID, LOCK, SOLVED, SOLVING, Round, RoundOverride, RoundPair, RoundUnmatched

JUNIOR, MENTOR = aliased(Person), aliased(Person)


def rounds(session: Session) -> list[Round]:
    """Return all rounds, the newest first."""
    query = select(Round).order_by(col(Round.id).desc())
    return list(session.exec(query))


def being_solved(session: Session) -> list[Round]:
    """Return the rounds that are being solved or wait for it, the oldest first."""
    query = select(Round).where(Round.status == SOLVING)
    query = query.order_by(col(Round.id))
    return list(session.exec(query))


def to_publish(session: Session) -> list[Round]:
    """Return the rounds that are solved and wait for the coordinator, the oldest first."""
    query = select(Round).where(Round.status == SOLVED)
    return list(session.exec(query.order_by(col(Round.id))))


def exists(session: Session, round_id: int) -> bool:
    """Tell whether there is such a round."""
    query = select(Round.id).where(Round.id == round_id)
    return session.exec(query).first() is not None


def round_subject(session: Session, round_id: int) -> Subject | None:
    """Tell whether there is such a round; it is nobody's own."""
    if exists(session, round_id):
        return Subject()
    return None


def request_subject(session: Session, round_id: int, request_id: int) -> Subject | None:
    """Return whose request it is, in a round that exists; how it fares there is for the coordinator alone."""
    asked = requests(session, [request_id]).get(request_id)
    if asked is None or not exists(session, round_id):
        return None
    return Subject(frozenset({asked.person_id}))


def terms(session: Session, found: Round) -> Terms:
    """Return by what a round is solved."""
    locked = []
    forbidden = []
    for decided in overrides(session, id_of(found)):
        pair = decided.request_id, decided.mentor_id
        if decided.kind == LOCK:
            locked.append(pair)
        else:
            forbidden.append(pair)
    return Terms(
        weights=found.weights,
        floor=found.floor,
        spread=found.spread,
        waiting=found.waiting,
        unmatched_cost=found.unmatched_cost,
        locked=locked,
        forbidden=forbidden,
    )


def pair_count(session: Session, round_id: int) -> int:
    """Count the pairs of a round."""
    query = select(func.count()).where(
        col(RoundPair.round_id) == round_id,
    )
    return session.exec(query).one()


def pairs(session: Session, round_id: int, offset: int = 0, limit: int | None = None) -> list[RoundPair]:
    """Return the pairs of a round, the lowest score first: those want a look."""
    query = select(RoundPair).where(RoundPair.round_id == round_id)
    query = query.order_by(
        col(RoundPair.score),
        col(RoundPair.request_id),
    )
    query = query.offset(offset).limit(limit)
    return list(session.exec(query))


def _fitting(round_id: int, view: View) -> SelectOfScalar[RoundPair]:
    """Return a query of the pairs of a round that fit a view, in no order; both sides can be sorted by."""
    of_request = col(MentorRequest.id) == RoundPair.request_id
    is_junior = col(JUNIOR.id) == MentorRequest.person_id
    is_mentor = col(MENTOR.id) == RoundPair.mentor_id
    query = (
        select(RoundPair)
        .join(MentorRequest, of_request)
        .join(JUNIOR, is_junior)
        .join(MENTOR, is_mentor)
        .where(RoundPair.round_id == round_id)
    )
    junior_named = people.named(view.text, JUNIOR)
    mentor_named = people.named(view.text, MENTOR)
    either = or_(
        and_(true(), *junior_named),
        and_(true(), *mentor_named),
    )
    return _chosen(query.where(either), view)


def _chosen(query: SelectOfScalar[RoundPair], view: View) -> SelectOfScalar[RoundPair]:
    """Return a query narrowed to what was chosen of its filters."""
    if sites := view.ids("at"):
        at_sites = col(JUNIOR.site_id).in_(sites)
        query = query.where(at_sites)
    if domains := view.ids("domain"):
        query = query.where(_about(domains))
    if kinds := view.chosen("decided"):
        query = query.where(_decided(kinds))
    if tenths := view.ids("fit"):
        query = query.where(in_tenths(tenths))
    return query


def _about(domains: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that the main need of a pair is about one of these domains."""
    main_need = select(Need.request_id).where(
        Need.request_id == RoundPair.request_id,
        Need.position == 1,
        col(Need.domain_id).in_(domains),
    )
    return main_need.exists()


def _decided(kinds: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that somebody decided so about a pair; what is no decision stands for none at all."""
    of_pair = _overridden([kind for kind in kinds if kind in (LOCK, FORBID)])
    if set(kinds) <= {LOCK, FORBID}:
        return of_pair
    return or_(of_pair, not_(_overridden([LOCK, FORBID])))


def _overridden(kinds: Collection[str]) -> ColumnElement[bool]:
    decided = select(RoundOverride.request_id).where(
        RoundOverride.round_id == RoundPair.round_id,
        RoundOverride.request_id == RoundPair.request_id,
        RoundOverride.mentor_id == RoundPair.mentor_id,
        col(RoundOverride.kind).in_(kinds),
    )
    return decided.exists()


def count_fitting(session: Session, round_id: int, view: View) -> int:
    """Count the pairs of a round that fit a view."""
    fitting = _fitting(round_id, view).subquery()
    query = select(func.count()).select_from(fitting)
    return session.exec(query).one()


def fitting_pairs(session: Session, round_id: int, view: View) -> list[RoundPair]:
    """Return the pairs of a round that a view shows; those that are equal in how it sorts, the lowest score first."""
    orders: dict[str, Any] = {
        "junior": col(JUNIOR.sort_key),
        "mentor": col(MENTOR.sort_key),
    }
    order = orders.get(view.sort, col(RoundPair.score))
    if view.descending:
        order = order.desc()
    query = _fitting(round_id, view).order_by(
        order,
        col(RoundPair.score),
        col(RoundPair.request_id),
    )
    page = query.offset(view.offset).limit(view.limit)
    return list(session.exec(page))


def unmatched_count(session: Session, round_id: int) -> int:
    """Count the requests nobody was found for."""
    query = select(func.count()).where(
        col(RoundUnmatched.round_id) == round_id,
    )
    return session.exec(query).one()


def unmatched(session: Session, round_id: int) -> list[RoundUnmatched]:
    """Return the requests nobody was found for."""
    query = select(RoundUnmatched).where(
        RoundUnmatched.round_id == round_id,
    )
    query = query.order_by(
        col(RoundUnmatched.request_id),
    )
    return list(session.exec(query))


def in_order(session: Session, round_id: int) -> list[int]:
    """Return the requests of a round as its lists have them: the pairs, lowest score first, then who was left over."""
    paired = (
        select(RoundPair.request_id)
        .where(RoundPair.round_id == round_id)
        .order_by(
            col(RoundPair.score),
            col(RoundPair.request_id),
        )
    )
    left_over = (
        select(RoundUnmatched.request_id)
        .where(RoundUnmatched.round_id == round_id)
        .order_by(
            col(RoundUnmatched.request_id),
        )
    )
    return [*session.exec(paired), *session.exec(left_over)]


def takers(session: Session, round_id: int) -> dict[int, int]:
    """Count the juniors each mentor gets in a round."""
    query = select(
        RoundPair.mentor_id,
        func.count(),
    )
    query = query.where(
        RoundPair.round_id == round_id,
    )
    query = query.group_by(col(RoundPair.mentor_id))
    counted = session.exec(query).all()
    return dict(counted)


def overrides(session: Session, round_id: int) -> list[RoundOverride]:
    """Return what people decided about pairs of a round."""
    query = select(RoundOverride).where(RoundOverride.round_id == round_id)
    query = query.order_by(
        col(RoundOverride.decided_at),
        col(RoundOverride.request_id),
    )
    return list(session.exec(query))


def requests(session: Session, ids: Iterable[int], *, lock: bool = False) -> dict[int, MentorRequest]:
    """Return requests by id; with `lock` as they are now, and nobody changes them before this transaction ends."""
    query = select(MentorRequest).order_by(col(MentorRequest.id))
    if lock:
        query = locking(query)
    found = {}
    for chunk in chunked(ids):
        some = query.where(col(MentorRequest.id).in_(chunk))
        for request in session.exec(some):
            found[id_of(request)] = request
    return found
