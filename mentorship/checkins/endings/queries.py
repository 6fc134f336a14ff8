"""Reads of endings: what both sides said, their closing check-ins, and which mentors their managers can thank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mentorship.base.db import chunked, id_of, locking
from mentorship.checkins.endings import rules
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.checkins.settings import queries as settings
from mentorship.mentorships.models import ENDED, ClosingWord, Mentorship
from mentorship.mentorships.rules import JUNIOR
from mentorship.people.access import MANAGER
from mentorship.people.models import Person, PersonRole
from mentorship.people.objections import CHECK_INS, objected
from mentorship.profiles.away.models import Away
from mentorship.profiles.models import Domain


@dataclass(frozen=True)
class Thanking:
    """A mentor whose pair ended, for the manager directly above them.

    `ready`: no closing check-in of the junior is open any more (at most 14 days on which they are there), so their
    thanks, if any, is there; or it can wait no longer.
    """

    mentorship_id: int
    mentor_id: int
    junior_id: int
    manager_id: int
    domain: str
    ended_on: date
    weeks: int
    thanks: str
    ready: bool


def closing_words(session: Session, mentorship_id: int) -> dict[str, ClosingWord]:
    """Return what each side said at the end; `thanks` is for the two sides and the mentor's manager alone."""
    query = select(ClosingWord).where(
        ClosingWord.mentorship_id == mentorship_id,
    )
    found = {}
    for word in session.exec(query):
        found[word.side] = word
    return found


def readable_words(session: Session, mentorship_id: int, *, thanks: bool) -> list[ClosingWord]:
    """Return what there is to read on the pair's page, for who reads the thanks too or not."""
    found = closing_words(session, mentorship_id)
    readable = []
    for _, word in sorted(found.items()):
        if word.reached or (thanks and word.thanks):
            readable.append(word)
    return readable


def closing_of(session: Session, mentorship_id: int, person_id: int) -> CheckIn | None:
    """Return a person's closing check-in of a pair while it is open."""
    query = select(CheckIn).where(
        CheckIn.mentorship_id == mentorship_id,
        CheckIn.person_id == person_id,
        CheckIn.status == OPEN,
        col(CheckIn.closing).is_(True),
    )
    return session.exec(query).first()


def asks_once_more(session: Session, pair: Mentorship) -> bool:
    """Tell whether both sides get a closing check-in when a pair ends: it started, and check-ins run."""
    return pair.started_on is not None and not settings.lacking(session)


def still_here(session: Session, pairs: Sequence[Mentorship]) -> set[int]:
    """Return which sides of pairs did not leave, nor object to being asked."""
    sides: set[int] = set()
    for pair in pairs:
        sides |= {pair.mentor_id, pair.junior_id}
    here: set[int] = set()
    for some in chunked(sides):
        query = select(Person.id).where(
            col(Person.id).in_(some),
            col(Person.left_on).is_(None),
            col(Person.id).not_in(objected(CHECK_INS)),
        )
        here.update(person_id for person_id in session.exec(query) if person_id)
    return here


def unclosed(session: Session, since: date) -> list[Mentorship]:
    """Return the pairs that started and ended, from `since`, of which a side has no closing check-in; locked.

    Who left is asked none: one that ended because somebody left was closed with it.
    """
    closing = (
        select(func.count())
        .where(CheckIn.mentorship_id == Mentorship.id, col(CheckIn.closing).is_(True))
        .scalar_subquery()
    )
    query = (
        select(Mentorship)
        .where(
            Mentorship.status == ENDED,
            col(Mentorship.started_on).is_not(None),
            col(Mentorship.ended_on) >= since,
            closing < case((col(Mentorship.by_leaving), 1), else_=2),
        )
        .order_by(col(Mentorship.id))
    )
    return list(session.exec(query.with_for_update()))


def last_of(session: Session, mentorship_ids: Sequence[int], today: date) -> dict[tuple[int, str], list[CheckIn]]:
    """Return, by pair and side, the check-ins that are open, closing, or due from `today` on, oldest first; locked."""
    which = or_(
        col(CheckIn.status) == OPEN,
        col(CheckIn.closing).is_(True),
        col(CheckIn.due_on) >= today,
    )
    query = (
        select(CheckIn)
        .where(
            col(CheckIn.mentorship_id).in_(mentorship_ids),
            which,
        )
        .order_by(
            col(CheckIn.mentorship_id),
            col(CheckIn.due_on),
            col(CheckIn.id),
        )
    )
    found = defaultdict(list)
    for row in session.exec(locking(query)):
        found[row.mentorship_id, row.side].append(row)
    return found


def _may_thank(mentor: Any) -> ColumnElement[bool]:
    """Require that who stands directly above a mentor is here, manages, and is not the junior themselves."""
    managers = (
        select(PersonRole.person_id)
        .join(Person, col(Person.id) == PersonRole.person_id)
        .where(PersonRole.role == MANAGER, col(Person.left_on).is_(None))
    )
    return and_(
        mentor.manager_id.in_(managers),
        mentor.manager_id != Mentorship.junior_id,
    )


def will_thank(session: Session, pair: Mentorship, today: date) -> bool:
    """Tell whether the mentor's manager hears of a pair that ends today, so that they can thank."""
    query = (
        select(Mentorship.id)
        .join(Person, col(Person.id) == Mentorship.mentor_id)
        .where(Mentorship.id == pair.id, _may_thank(Person))
    )
    if session.exec(query).first() is None:
        return False
    return rules.worth_thanks(pair.started_on, today)


def to_thank(
    session: Session,
    since: date,
    today: date,
    *,
    manager_id: int | None = None,
    mentorship_id: int | None = None,
) -> list[Thanking]:
    """Return whom managers (or this one; for this pair) can thank for a pair that ended from `since`, newest first.

    One query, however many pairs there are.
    """
    mentor = aliased(Person)
    query = _ended_pairs(mentor, today).where(col(Mentorship.ended_on) >= since)
    if manager_id is not None:
        query = query.where(mentor.manager_id == manager_id)
    if mentorship_id is not None:
        query = query.where(Mentorship.id == mentorship_id)
    found = []
    for pair, above, domain, thanks, waits in session.exec(query):
        if not rules.worth_thanks(pair.started_on, pair.ended_on):
            continue
        ran = pair.ended_on - pair.started_on
        thanking = Thanking(
            mentorship_id=id_of(pair),
            mentor_id=pair.mentor_id,
            junior_id=pair.junior_id,
            manager_id=above,
            domain=domain.title,
            ended_on=pair.ended_on,
            weeks=ran // timedelta(weeks=1),
            thanks=thanks or "",
            ready=not waits or today - pair.ended_on >= rules.THANKED_WITHIN,
        )
        found.append(thanking)
    return found


def _waits(today: date) -> Any:
    """Require that a junior is still asked for the closing check-in, or will be when they are back."""
    closing = select(CheckIn.id).where(
        CheckIn.mentorship_id == Mentorship.id,
        CheckIn.side == JUNIOR,
        col(CheckIn.closing).is_(True),
    )
    away = select(Away.id).where(
        Away.person_id == Mentorship.junior_id,
        col(Away.first_day) <= today,
        col(Away.last_day) >= today,
    )
    is_open = closing.where(CheckIn.status == OPEN).exists()
    is_to_come = and_(away.exists(), ~closing.exists())
    return or_(is_open, is_to_come)


def _ended_pairs(mentor: Any, today: date) -> Any:
    """Return a query of ended pairs: with the mentor's manager, the domain, the thanks, and a junior still asked."""
    said = and_(
        col(ClosingWord.mentorship_id) == Mentorship.id,
        col(ClosingWord.side) == JUNIOR,
    )
    shown: Any = select(
        Mentorship,
        mentor.manager_id,
        Domain,
        ClosingWord.thanks,
        _waits(today),
    )  # type: ignore[call-overload]
    return (
        shown.join(
            mentor,
            col(mentor.id) == Mentorship.mentor_id,
        )
        .join(
            Domain,
            col(Domain.id) == Mentorship.domain_id,
        )
        .outerjoin(ClosingWord, said)
        .where(
            Mentorship.status == ENDED,
            mentor.left_on.is_(None),
            _may_thank(mentor),
        )
        .order_by(
            col(Mentorship.ended_on).desc(),
            col(Mentorship.id).desc(),
        )
    )
