"""Reads of mentorships."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base import db
from mentorship.base.db import Given
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.once import once
from mentorship.base.prepared import prepared
from mentorship.mentorships.models import ACTIVE, ENDED, OCCUPYING, PROPOSED, REFUSED, WELL, FailingRule, Mentorship
from mentorship.people.access import Subject
from mentorship.profiles.models import Wish


def of_person(session: Session, person_id: int) -> list[Mentorship]:
    """Return a person's mentorships, the newest first."""
    return list(_of(session, person_id))


@prepared
def _of(person_id: Given[int]) -> SelectOfScalar[Mentorship]:
    theirs = or_(
        col(Mentorship.mentor_id) == person_id,
        col(Mentorship.junior_id) == person_id,
    )
    query = select(Mentorship).where(theirs)
    newest_first = col(Mentorship.id).desc()
    return query.order_by(newest_first)


def partners(session: Session, person_id: int) -> set[int]:
    """Return who is on the other side of a person's duos, running or proposed."""
    found = set()
    for duo in of_person(session, person_id):
        if duo.status in OCCUPYING:
            found |= {duo.mentor_id, duo.junior_id}
    return found - {person_id}


@once
def unanswered(session: Session, person_id: int) -> list[Mentorship]:
    """Return the proposals that a person did not answer yet, the oldest first."""
    return list(session.exec(unanswered_by(person_id)))


def running_under(mentor_id: Given[int]) -> SelectOfScalar[Mentorship]:
    """Return the query for the running pairs that a person mentors."""
    query = select(Mentorship).where(
        Mentorship.mentor_id == mentor_id,
        Mentorship.status == ACTIVE,
    )
    return query.order_by(col(Mentorship.id))


def unanswered_by(person_id: Given[int]) -> SelectOfScalar[Mentorship]:
    """Return the query for the proposals that a person did not answer yet."""
    as_mentor = and_(
        col(Mentorship.mentor_id) == person_id,
        col(Mentorship.mentor_accepted).is_not(True),
    )
    as_junior = and_(
        col(Mentorship.junior_id) == person_id,
        col(Mentorship.junior_accepted).is_not(True),
    )
    query = select(Mentorship).where(
        Mentorship.status == PROPOSED,
        or_(as_mentor, as_junior),
    )
    return query.order_by(col(Mentorship.id))


def count_running(session: Session) -> int:
    """Count the pairs that run."""
    query = select(func.count()).select_from(Mentorship)
    return session.exec(query.where(Mentorship.status == ACTIVE)).one()


class Lately(NamedTuple):
    """How many pairs began and how many ended since a day."""

    began: int
    ended: int


def lately(session: Session, since: date) -> Lately:
    """Count the pairs that began, and those that ended, on a day after this one."""
    began = func.sum(case((col(Mentorship.started_on) > since, 1), else_=0))
    ended = func.sum(case((col(Mentorship.ended_on) > since, 1), else_=0))
    query = sa_select(began, ended).where(col(Mentorship.started_on).is_not(None))
    came, went = session.execute(query).one()
    return Lately(came or 0, went or 0)


def one(session: Session, mentorship_id: int) -> Mentorship:
    """Return a mentorship that exists."""
    return session.get_one(Mentorship, mentorship_id)


def locked(session: Session, mentorship_id: int) -> Mentorship:
    """Read a mentorship so that two changes at the same moment follow each other; refuse one that is gone."""
    found = db.locked(session, Mentorship, mentorship_id)
    if found is None:
        raise Refused(N_("This pair is no longer there."))
    return found


def led_by(session: Session, mentor_ids: Collection[int]) -> list[Mentorship]:
    """Return the running pairs of these mentors, in order."""
    found: list[Mentorship] = []
    for some in db.chunked(mentor_ids):
        query = select(Mentorship).where(
            Mentorship.status == ACTIVE,
            col(Mentorship.mentor_id).in_(some),
        )
        found += session.exec(query.order_by(col(Mentorship.id)))
    return found


def by_id(session: Session, ids: Iterable[int]) -> dict[int, Mentorship]:
    """Return mentorships by id."""
    found: dict[int, Mentorship] = {}
    for some in db.chunked(ids):
        query = select(Mentorship).where(
            col(Mentorship.id).in_(some),
        )
        for row in session.exec(query):
            found[db.id_of(row)] = row
    return found


def subject(session: Session, mentorship_id: int) -> Subject | None:
    """Return both sides of a mentorship as its owners."""
    found = session.get(Mentorship, mentorship_id)
    if found is None:
        return None
    return Subject(frozenset({found.mentor_id, found.junior_id}))


def occupied(session: Session) -> dict[int, int]:
    """Count the places each mentor has taken: proposed, active or paused."""
    taken = (
        select(Mentorship.mentor_id, func.count())
        .where(col(Mentorship.status).in_(OCCUPYING))
        .group_by(col(Mentorship.mentor_id))
    )
    rows = session.exec(taken)
    return dict(rows.all())


def apart(session: Session) -> list[tuple[int, int]]:
    """Return the pairs that ended or were refused, and those that run: none of them is proposed again.

    That one of the two left, and came back since, says nothing of the pair; nor does a good ending, once both name
    each other.
    """
    ended = col(Mentorship.status) == ENDED
    of_leaver = and_(ended, col(Mentorship.by_leaving))
    again = and_(ended, _want_again())
    pairs = select(Mentorship.mentor_id, Mentorship.junior_id).where(
        not_(lapsed()),
        not_(of_leaver),
        not_(again),
    )
    return [(mentor_id, junior_id) for mentor_id, junior_id in session.exec(pairs)]


def _want_again() -> ColumnElement[bool]:
    """Return the condition that a pair ended well and that each of the two named the other as wanted."""
    sides = col(Mentorship.mentor_id), col(Mentorship.junior_id)
    return and_(
        col(Mentorship.ended_as).in_(WELL),
        _named(*sides),
        _named(*reversed(sides)),
    )


def _named(who: Any, whom: Any) -> ColumnElement[bool]:
    """Return the condition that somebody named somebody as wanted."""
    named = select(Wish.person_id).where(
        col(Wish.person_id) == who,
        col(Wish.other_id) == whom,
        col(Wish.wanted),
    )
    return named.exists()


def agreed() -> ColumnElement[bool]:
    """Return the condition that both said yes to what is a proposal still."""
    return and_(
        col(Mentorship.status) == PROPOSED,
        col(Mentorship.mentor_accepted).is_(True),
        col(Mentorship.junior_accepted).is_(True),
    )


def expired() -> ColumnElement[bool]:
    """Return the condition that a proposal was not answered in time."""
    return and_(
        lapsed(),
        col(Mentorship.by_leaving).is_(False),
        col(Mentorship.withdrawn_at).is_(None),
    )


def withdrawn() -> ColumnElement[bool]:
    """Return the condition that a proposal was withdrawn."""
    return and_(
        lapsed(),
        col(Mentorship.withdrawn_at).is_not(None),
    )


def lapsed() -> ColumnElement[bool]:
    """Return the condition that nobody refused a proposal that did not go ahead, so that it may be made again."""
    return and_(
        col(Mentorship.status) == REFUSED,
        col(Mentorship.mentor_accepted).is_not(False),
        col(Mentorship.junior_accepted).is_not(False),
    )


@once
def failing(session: Session, pair_ids: Collection[int] | None = None) -> dict[int, dict[str, datetime]]:
    """Return the rules that running pairs (all, or these) no longer meet, with when that was found, by pair."""
    # of many the rest is read along: a database takes only so many values in one statement
    those = pair_ids if pair_ids is not None and len(pair_ids) < db.MANY else None
    found: dict[int, dict[str, datetime]] = {}
    for pair_id, rule, found_at in _failing(session, those):
        rules = found.setdefault(pair_id, {})
        rules[rule] = found_at
    return found


@prepared
def _failing(pair_ids: Collection[int] | None) -> Select[int, str, datetime]:
    query = (
        sa_select(col(FailingRule.mentorship_id), col(FailingRule.rule), col(FailingRule.found_at))
        .join(Mentorship, col(Mentorship.id) == FailingRule.mentorship_id)
        .where(col(Mentorship.status) == ACTIVE)
    )
    if pair_ids is None:
        return query
    return query.where(col(FailingRule.mentorship_id).in_(pair_ids))


def ended_by(day: date) -> Select[int | None]:
    """Return a query of the ids of pairs that were over (ended, refused, not answered) on a day."""
    return sa_select(col(Mentorship.id)).where(
        col(Mentorship.status).not_in(OCCUPYING),
        col(Mentorship.ended_on) <= day,
    )
