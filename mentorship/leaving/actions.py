"""Verbs on leaving: say the last day, take it back, do what follows the day after. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import LAST_DAY, LEAVES
from mentorship.base.undo import CHANGED, About, state_verb
from mentorship.leaving import queries, rules
from mentorship.leaving.rooms import ROOMS
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.reminders.leaving import SET, about

SUBJECT = "person"
TAKEN_BACK = "take back last day"


def set_last_day(session: Session, actor: Actor, person_id: int, on: date, now: datetime) -> Person:
    """Say that a day is somebody's last; once that day has passed all ends at once."""
    rules.check_day(on, local_date(now))
    _keep_somebody(session, [person_id])
    return _set(
        session,
        actor,
        person_id,
        on,
        now,
    )


def _set(session: Session, actor: Actor, person_id: int, on: date, now: datetime) -> Person:
    leaver = _held(
        session,
        person_id,
    )
    rules.check_here(leaver.left_on)
    before = leaver.last_day
    if before == on:
        return leaver
    leaver.last_day = on
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        SET,
        SUBJECT,
        person_id,
        before=_plain(before),
        after=_plain(on),
    )
    session.flush()
    for room in ROOMS:
        room.announced(
            session,
            leaver,
            now,
        )
    if leaver.is_gone(local_date(now)):
        _leave(
            session,
            leaver,
            now,
        )
    else:
        _state(
            session,
            leaver,
            SET,
            before,
        )
    return leaver


def _plain(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _held(session: Session, person_id: int) -> Person:
    """Return somebody, nobody else's to change until we commit."""
    found = locked(
        session,
        Person,
        person_id,
    )
    if found is None:
        raise Refused(N_("This person is no longer here."))
    return found


def _keep_somebody(session: Session, leavers: Collection[int]) -> None:
    """Refuse that the last one leaves of those the programme cannot do without."""
    for role in rules.WITHOUT:
        holders = people.people_with_role(
            session,
            role,
        )
        held = bool(set(leavers) & set(holders))
        staying = (
            people.staying(
                session,
                role,
            )
            if held
            else set()
        )
        rules.check_staying(
            role,
            staying,
            leavers,
            held,
        )


def _state(session: Session, leaver: Person, verb: str, before: date | None) -> None:
    """State how a last day that was said or taken back is undone."""
    mails = [(kind, about(leaver)) for kind in (LAST_DAY, LEAVES)] if leaver.last_day else []
    state_verb(
        session,
        put_day_back,
        About(verb, SUBJECT, leaver.id, mails),
        person_id=id_of(leaver),
        day=_plain(before),
        left=_plain(leaver.last_day),
    )


def put_day_back(
    session: Session,
    actor: Actor,
    *,
    person_id: int,
    day: str | None,
    left: str | None,
    now: datetime,
) -> None:
    """Undo a last day, or taking it back, when nobody changed it since and nothing followed from it."""
    found = _held(
        session,
        person_id,
    )
    if _plain(found.last_day) != left or found.left_on is not None:
        raise Conflict(CHANGED)
    if day is None:
        take_back(
            session,
            actor,
            person_id,
            now,
        )
    else:
        set_last_day(
            session,
            actor,
            person_id,
            date.fromisoformat(day),
            now,
        )


def take_back(session: Session, actor: Actor, person_id: int, now: datetime) -> Person:
    """Take a last day back; who left already comes back, without the roles, pairs and requests that ended."""
    leaver = _held(
        session,
        person_id,
    )
    before = leaver.last_day
    if before is None:
        return leaver
    returns = leaver.left_on is not None
    if not returns:
        for room in ROOMS:
            room.taken_back(
                session,
                leaver,
                now,
            )
    leaver.last_day = None
    leaver.left_on = None
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "come back" if returns else TAKEN_BACK,
        SUBJECT,
        person_id,
        before=_plain(before),
    )
    if not returns:
        _state(
            session,
            leaver,
            TAKEN_BACK,
            before,
        )
    return leaver


def leave_due(session: Session, person_id: int, now: datetime) -> bool:
    """Do all that follows the day after somebody's last one; False when it was done, or the day taken back."""
    leaver = _held(
        session,
        person_id,
    )
    if leaver.left_on is not None or not leaver.is_gone(local_date(now)):
        return False
    _leave(
        session,
        leaver,
        now,
    )
    return True


def leave_at_once(session: Session, person_id: int, now: datetime) -> Person:
    """Do all that follows somebody's last day now, as if that was yesterday; nobody is told beforehand."""
    _keep_somebody(session, [person_id])
    leaver = _held(
        session,
        person_id,
    )
    if leaver.left_on is None:
        leaver.last_day = local_date(now) - timedelta(days=1)
        _leave(
            session,
            leaver,
            now,
        )
    return leaver


def _leave(session: Session, leaver: Person, now: datetime) -> None:
    leaver.left_on = leaver.last_day
    session.flush()
    for room in ROOMS:
        room.left(
            session,
            leaver,
            now,
        )
        session.flush()
    audit.record(
        session,
        now,
        None,
        "leave",
        SUBJECT,
        leaver.id,
    )


def take_leavers(
    session: Session,
    actor: Actor,
    numbers: Collection[str],
    on: date,
    now: datetime,
    *,
    confirmed: bool = False,
) -> list[int]:
    """Say that a day is the last of the people with these numbers, as of who is missing in an export; return them.

    More than one in twenty is refused unless it was confirmed; who left, or has that day, stays as they are.
    """
    rules.check_day(on, local_date(now))
    leavers = queries.here(
        session,
        numbers,
    )
    rules.check_share(
        len(leavers),
        people.count_here(session),
        confirmed=confirmed,
    )
    _keep_somebody(session, leavers)
    for person_id in leavers:
        _set(
            session,
            actor,
            person_id,
            on,
            now,
        )
    return leavers
