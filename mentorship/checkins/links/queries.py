"""Reads for codes on paper: who has no mail and a check-in waiting, and what is printed for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locking
from mentorship.base.lists import PAGE_SIZE
from mentorship.checkins import queries as check_ins
from mentorship.checkins.early import is_early
from mentorship.checkins.links import rules
from mentorship.checkins.models import OPEN, CheckIn, CheckInCode
from mentorship.checkins.settings.queries import settings
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, MANAGER, Actor
from mentorship.people.account.rules import spaced
from mentorship.people.models import Person

Codes = list[datetime | None]
"""For what somebody is asked: until when there is a code for it, None without one."""


@dataclass(frozen=True)
class WithoutMail:
    """Somebody without mail for whom a check-in waits, and until when every one of theirs has a code."""

    person: Person
    site: str
    until: datetime | None


@dataclass(frozen=True)
class Slip:
    """What is printed for one check-in: whose it is, on which side, about whom, the code, and its last day."""

    person: Person
    side: str
    other: Person
    code: str
    until: date


def reaches(session: Session, actor: Actor, person_ids: Collection[int]) -> bool:
    """Tell whether an actor may hand a code to each of these people."""
    wanted = set(person_ids)
    within = _in_reach(actor).where(
        col(Person.id).in_(wanted),
    )
    reached = _count(session, within)
    return reached == len(wanted)


def count(session: Session, actor: Actor, now: datetime, site_id: int | None = None) -> int:
    """Count the people without mail for whom a check-in waits."""
    may = _may_hold(session, actor, now)
    return _count(session, _waiting(actor, may, site_id))


def counts(session: Session, actor: Actor, now: datetime) -> tuple[int, int]:
    """Count the people without mail for whom a check-in waits, and those of them who lack a code."""
    may = _may_hold(session, actor, now)
    code = select(CheckInCode.check_in_id).where(
        CheckInCode.check_in_id == CheckIn.id,
        col(CheckInCode.expires_at) > now,
    )
    without = select(CheckIn.id).where(
        CheckIn.person_id == Person.id,
        may,
        ~code.exists(),
    )
    waiting = _waiting(actor, may)
    return _count(session, waiting), _count(session, waiting.where(without.exists()))


def listed(
    session: Session, actor: Actor, site_id: int | None, now: datetime, offset: int = 0, limit: int = PAGE_SIZE
) -> list[WithoutMail]:
    """Return one page of the people without mail for whom a check-in waits, by family name."""
    may = _may_hold(session, actor, now)
    query = _waiting(actor, may, site_id).order_by(*people.BY_NAME).offset(offset).limit(limit)
    persons = session.exec(query).all()
    sites = people.site_names(session)
    codes = _codes(session, actor, persons, now)
    found = []
    for person in persons:
        asked = codes[id_of(person)]
        row = WithoutMail(
            person=person,
            site=sites.get(person.site_id, ""),
            until=_until(asked),
        )
        found.append(row)
    return found


def _codes(session: Session, actor: Actor, persons: Sequence[Person], now: datetime) -> dict[int, Codes]:
    """Return what an actor may hand these people a code for, and which codes there are."""
    live = and_(
        col(CheckInCode.check_in_id) == CheckIn.id,
        col(CheckInCode.expires_at) > now,
    )
    query = (
        select(CheckIn, CheckInCode)
        .outerjoin(CheckInCode, live)
        .where(
            _may_hold(session, actor, now),
            col(CheckIn.person_id).in_([person.id for person in persons]),
        )
    )
    found: dict[int, Codes] = {id_of(person): [] for person in persons}
    for asked, code in session.exec(query):
        until = code.expires_at if code else None
        found[asked.person_id].append(until)
    return found


def _until(asked: Codes) -> datetime | None:
    """Return until when there is a code for everything that is asked of somebody."""
    first = None
    for until in asked:
        if until is None:
            return None
        if first is None or until < first:
            first = until
    return first


def to_open(session: Session, actor: Actor, person_ids: Collection[int], now: datetime) -> list[CheckIn]:
    """Return the open check-ins of those of these people who have no mail; nobody closes them meanwhile."""
    wanted = set(person_ids)
    may = _may_hold(session, actor, now)
    who = (
        _waiting(actor, may)
        .where(col(Person.id).in_(wanted))
        .with_only_columns(
            col(Person.id),
        )
    )
    query = (
        select(CheckIn)
        .where(
            may,
            col(CheckIn.person_id).in_(who),
        )
        .order_by(
            col(CheckIn.id),
        )
    )
    found = session.exec(locking(query))
    return list(found)


def slips(session: Session, made: Sequence[tuple[CheckIn, str]], now: datetime) -> list[Slip]:
    """Return the slips of codes that were just made, by family name."""
    others = check_ins.others(session, [asked for asked, _ in made])
    authors = people.persons(session, {asked.person_id for asked, _ in made})
    until = rules.works_until(local_date(now))
    found = []
    for asked, code in made:
        slip = Slip(
            person=authors[asked.person_id],
            side=asked.side,
            other=others[id_of(asked)],
            code=spaced(code),
            until=until,
        )
        found.append(slip)
    found.sort(key=_in_order)
    return found


def _in_order(slip: Slip) -> tuple[str, int, date]:
    """Sort slips by the names of their people."""
    return (
        slip.person.sort_key,
        id_of(slip.person),
        slip.until,
    )


def _count(session: Session, query: SelectOfScalar[Person]) -> int:
    rows = query.subquery()
    counting = select(func.count()).select_from(rows)
    number = session.scalar(counting)
    return number or 0


def _waiting(actor: Actor, may: ColumnElement[bool], site_id: int | None = None) -> SelectOfScalar[Person]:
    """Return a query of the people without mail (of a site) for whom something waits that an actor `may` hand on."""
    asked = select(CheckIn.id).where(
        CheckIn.person_id == Person.id,
        may,
    )
    query = _in_reach(actor).where(
        asked.exists(),
        col(Person.left_on).is_(None),
        func.coalesce(Person.email, "") == "",
    )
    if site_id is None:
        return query
    return query.where(Person.site_id == site_id)


def _in_reach(actor: Actor) -> SelectOfScalar[Person]:
    """Return a query of the people an actor may hand a code to: their own line; the coordinator everybody."""
    query = select(Person)
    if actor.has(COORDINATOR):
        return query
    if actor.has(MANAGER):
        below = people.line_below(actor.person_id)
        return query.where(col(Person.id).in_(below))
    return query.where(False)


def _may_hold(session: Session, actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return which check-ins an actor may hold a code to: open ones, never of the other side of their own pair.

    Nor one that came early: that it waits would tell what was answered before, or what its person wished for.
    """
    own = select(Mentorship.id).where(
        or_(
            col(Mentorship.mentor_id) == actor.person_id,
            col(Mentorship.junior_id) == actor.person_id,
        )
    )
    harmless = or_(
        col(CheckIn.person_id) == actor.person_id,
        col(CheckIn.mentorship_id).not_in(own),
    )
    early = is_early(settings(session), local_date(now))
    return and_(col(CheckIn.status) == OPEN, ~early, harmless)
