"""Reads for codes on paper: who has no mail and a check-in waiting, and which check-in a typed code opens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.checkins.links.models import CheckInCode
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, MANAGER, Actor
from mentorship.people.account.rules import code_digest
from mentorship.people.models import Person


@dataclass(frozen=True)
class Waiting:
    """Somebody without mail, since when their oldest check-in waits, and until when every one has a code."""

    person: Person
    site: str
    due_on: date
    until: datetime | None


def _in_reach(actor: Actor) -> SelectOfScalar[Person]:
    """Return the people an actor may hand a code to: their own line; the coordinator everybody."""
    query = select(Person)
    if actor.has(COORDINATOR):
        return query
    below = people.line_below(actor.person_id) if actor.has(MANAGER) else select(Person.id).where(False)
    return query.where(col(Person.id).in_(below))


def _may_hold(actor: Actor) -> ColumnElement[bool]:
    """Return which check-ins an actor may hold a code to: open ones, never of the other side of their own pair."""
    own = select(Mentorship.id).where(
        or_(col(Mentorship.mentor_id) == actor.person_id, col(Mentorship.junior_id) == actor.person_id)
    )
    others = or_(col(CheckIn.person_id) == actor.person_id, col(CheckIn.mentorship_id).not_in(own))
    return and_(col(CheckIn.status) == OPEN, others)


def _waiting(actor: Actor, site_id: int | None = None) -> SelectOfScalar[Person]:
    asked = select(CheckIn.id).where(CheckIn.person_id == Person.id, _may_hold(actor))
    query = _in_reach(actor).where(asked.exists(), col(Person.left_on).is_(None))
    query = query.where(func.coalesce(Person.email, "") == "")
    return query.where(Person.site_id == site_id) if site_id else query


def reaches(session: Session, actor: Actor, person_ids: Collection[int]) -> bool:
    """Tell whether an actor may hand a code to each of these people."""
    wanted = set(person_ids)
    query = _in_reach(actor).where(col(Person.id).in_(wanted)).subquery()
    return session.scalar(select(func.count()).select_from(query)) == len(wanted)


def count(session: Session, actor: Actor, site_id: int | None = None) -> int:
    """Count the people without mail for whom a check-in waits."""
    return session.scalar(select(func.count()).select_from(_waiting(actor, site_id).subquery())) or 0


def counts(session: Session, actor: Actor, now: datetime) -> tuple[int, int]:
    """Count the people without mail for whom a check-in waits, and those of them who lack a code."""
    code = select(CheckInCode.check_in_id).where(
        CheckInCode.check_in_id == CheckIn.id, col(CheckInCode.expires_at) > now
    )
    without = select(CheckIn.id).where(CheckIn.person_id == Person.id, _may_hold(actor), ~code.exists())
    lacking = _waiting(actor).where(without.exists()).subquery()
    return count(session, actor), session.scalar(select(func.count()).select_from(lacking)) or 0


def listed(
    session: Session, actor: Actor, site_id: int | None, now: datetime, offset: int = 0, limit: int = 50
) -> list[Waiting]:
    """Return one page of the people without mail for whom a check-in waits, by family name."""
    query = _waiting(actor, site_id).order_by(Person.family_name, Person.given_name, col(Person.id))
    found = list(session.exec(query.offset(offset).limit(limit)))
    names = {site.id: site.name for site in people.sites(session)}
    asked: dict[int, list[tuple[date, datetime | None]]] = {}
    live = (col(CheckInCode.check_in_id) == CheckIn.id) & (col(CheckInCode.expires_at) > now)
    rows = select(CheckIn, CheckInCode).outerjoin(CheckInCode, live)
    for one, code in session.exec(rows.where(_may_hold(actor), col(CheckIn.person_id).in_([p.id for p in found]))):
        asked.setdefault(one.person_id, []).append((one.due_on, code.expires_at if code else None))
    return [
        Waiting(p, names.get(p.site_id, ""), min(due for due, _ in asked[p.id or 0]), _until(asked[p.id or 0]))
        for p in found
    ]


def _until(asked: Collection[tuple[date, datetime | None]]) -> datetime | None:
    known = [until for _, until in asked if until is not None]
    return min(known) if len(known) == len(asked) else None


def to_open(session: Session, actor: Actor, person_ids: Collection[int]) -> list[CheckIn]:
    """Return the open check-ins of those of these people who have no mail; nobody closes them meanwhile."""
    who = _waiting(actor).where(col(Person.id).in_(set(person_ids))).with_only_columns(col(Person.id))
    query = select(CheckIn).where(_may_hold(actor), col(CheckIn.person_id).in_(who))
    query = query.order_by(col(CheckIn.id)).with_for_update().execution_options(populate_existing=True)
    return list(session.exec(query))


def opened_by(session: Session, typed: str, now: datetime) -> CheckIn | None:
    """Return the open check-in that a code opens; None for a code unknown, too old, replaced, or done with."""
    found = of_code(session, code_digest(typed), now)
    return found if found and found.status == OPEN else None


def of_code(session: Session, code_hash: str, now: datetime) -> CheckIn | None:
    """Return the check-in, maybe closed by now, of a code that still stands; None for one too old or replaced."""
    query = (
        select(CheckIn)
        .join(CheckInCode, col(CheckInCode.check_in_id) == CheckIn.id)
        .join(Person, col(Person.id) == CheckIn.person_id)
        .where(
            CheckInCode.code_hash == code_hash,
            col(CheckInCode.expires_at) > now,
            col(Person.left_on).is_(None),
        )
    )
    return session.exec(query).first()
