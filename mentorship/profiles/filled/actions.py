"""Verbs on what is filled in for others: their roster, what they can, their places. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.db import chunked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import FILLED_IN
from mentorship.base.outbox import Ask
from mentorship.base.undo import About, keep, state
from mentorship.people.access import Actor
from mentorship.people.queries import any_left
from mentorship.profiles import actions as profiles
from mentorship.profiles.models import EXPERTISE, PLACES, ROSTER, FilledIn
from mentorship.profiles.rosters.actions import see_to_it, work_by
from mentorship.profiles.rosters.models import Roster, RosterChange, WorkTime

FARTHEST = timedelta(days=366)
"""How far from today another roster can begin."""


def give_roster(
    session: Session,
    actor: Actor,
    person_ids: Collection[int],
    roster_id: int | None,
    now: datetime,
    from_day: date | None = None,
) -> None:
    """Let people work by a roster (None: by none) from a day on, which is today if nothing is said."""
    if roster_id is not None and session.get(Roster, roster_id) is None:
        raise Refused(N_("This roster is no longer there."), field="roster_id")
    _check_here(session, person_ids)
    today = local_date(now)
    first = from_day or today
    if abs(first - today) > FARTHEST:
        raise Refused(N_("Choose a day within a year from now."), field="from_day")
    kept = []
    for some in chunked(person_ids):
        kept += [keep(session, table, person_id=some) for table in (WorkTime, RosterChange)]
    chosen = dict.fromkeys(person_ids, roster_id)
    work_by(session, chosen, first, today)
    if actor.person_id in person_ids:
        see_to_it(session, actor)
    for person_id in sorted(person_ids):
        audit.record(
            session,
            now,
            actor.person_id,
            "give roster",
            "person",
            person_id,
            roster=roster_id,
        )
    for rows in kept:
        state(session, rows, About("give roster", "roster", roster_id))
    _mark(session, actor, person_ids, ROSTER, now)


def give_expertise(
    session: Session,
    actor: Actor,
    person_id: int,
    levels: Mapping[int, tuple[int, bool]],
    removed: Collection[int],
    now: datetime,
) -> None:
    """Fill in what somebody can, in these domains; what is not named stays."""
    _check_here(session, [person_id])
    profiles.set_expertise(
        session,
        actor,
        levels,
        removed,
        now,
        whose=person_id,
    )
    _mark(session, actor, [person_id], EXPERTISE, now)


def give_places(
    session: Session,
    actor: Actor,
    person_id: int,
    places: int,
    hours: Decimal,
    now: datetime,
) -> None:
    """Fill in how many places somebody offers, and how many hours a week; their manager confirms the hours."""
    _check_here(session, [person_id])
    profiles.set_places(
        session,
        actor,
        places,
        hours,
        now,
        whose=person_id,
    )
    _mark(session, actor, [person_id], PLACES, now)


def _check_here(session: Session, person_ids: Collection[int]) -> None:
    """Refuse to fill in something for who left: it would count for nobody, and they would be told."""
    if any_left(session, person_ids):
        raise Refused(N_("This person left already."))


def _mark(session: Session, actor: Actor, person_ids: Collection[int], section: str, now: datetime) -> None:
    """Mark a section of others' profiles with who filled it in, and tell them."""
    others = sorted(set(person_ids) - {actor.person_id})
    for some in chunked(others):
        kept = keep(session, FilledIn, person_id=some, section=section)
        _put_mark(
            session,
            actor.person_id,
            some,
            section,
            now,
        )
        mails = [(FILLED_IN, str(person_id)) for person_id in some]
        state(session, kept, About("mark as filled in", "person", None, mails))
    _tell(session, others, now)


def overruled(session: Session, by_id: int, person_ids: Collection[int], section: str, now: datetime) -> None:
    """Mark what others filled in themselves and an import wrote over, for somebody chose so, and tell them."""
    others = sorted(set(person_ids) - {by_id})
    for some in chunked(others):
        _put_mark(
            session,
            by_id,
            some,
            section,
            now,
        )
    _tell(session, others, now)


def _put_mark(session: Session, by_id: int, person_ids: Collection[int], section: str, now: datetime) -> None:
    theirs = col(FilledIn.person_id).in_(person_ids)
    session.exec(delete(FilledIn).where(theirs, col(FilledIn.section) == section))
    for person_id in person_ids:
        mark = FilledIn(
            person_id=person_id,
            section=section,
            by_id=by_id,
            at=now,
        )
        session.add(mark)
    session.flush()


def _tell(session: Session, person_ids: Collection[int], now: datetime) -> None:
    today = local_date(now)
    asks = []
    for person_id in person_ids:
        ask = Ask(
            FILLED_IN,
            person_id,
            today,
            str(person_id),
        )
        asks.append(ask)
    outbox.ask_all(session, asks, now)


def say_right(session: Session, actor: Actor, now: datetime) -> None:
    """Say that what others filled in for oneself is right: the marks go."""
    kept = keep(session, FilledIn, person_id=actor.person_id)
    session.exec(delete(FilledIn).where(col(FilledIn.person_id) == actor.person_id))
    audit.record(
        session,
        now,
        actor.person_id,
        "say right",
        "person",
        actor.person_id,
    )
    state(session, kept, About("say right", "person", actor.person_id))
