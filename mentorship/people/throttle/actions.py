"""Verbs of the throttle: a try is booked before anything is verified, and given back to who was right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, and_, case, delete, literal, or_, update
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.db import upsert
from mentorship.base.errors import TooSoon
from mentorship.base.i18n import N_
from mentorship.people.throttle.models import Pacing
from mentorship.people.throttle.rules import Pace, Try

LATER = N_(
    "There were too many attempts. Try again in %(minutes)s min, or on a device where you were signed in before."
)


def book(session: Session, tried: Try, now: datetime) -> None:
    """Count a try, or refuse it when it comes too soon; commit before verifying, so that many at once are counted."""
    for key, pace in tried.limits():
        if not _booked(session, key, pace, now):
            wait = _wait(session, key, pace, now)
            raise TooSoon(
                LATER,
                seconds=-(-wait // timedelta(seconds=1)),
                minutes=max(1, -(-wait // timedelta(minutes=1))),
            )


def _booked(session: Session, key: str, pace: Pace, now: datetime) -> bool:
    """Move on what is spent by one try, in one statement, unless that is too far ahead already.

    Farther ahead than anybody can get it was written by a clock that was wrong, and does not count.
    """
    moment = literal(_ms(now), BigInteger)
    onto: Any = upsert(session, Pacing).values(key=key, spent_until=moment + pace.step)
    spent = col(Pacing.spent_until)
    counts = and_(spent > moment, spent <= moment + pace.farthest)
    moved = onto.on_conflict_do_update(
        index_elements=["key"],
        set_={"spent_until": case((counts, spent), else_=moment) + pace.step},
        where=or_(spent <= moment + pace.ahead, ~counts),
    )
    return session.execute(moved.returning(spent)).first() is not None


def _wait(session: Session, key: str, pace: Pace, now: datetime) -> timedelta:
    """Return after how long one may try again."""
    spent = session.execute(columns(col(Pacing.spent_until)).where(col(Pacing.key) == key)).scalar_one()
    return timedelta(milliseconds=spent - pace.ahead - _ms(now))


def give_back(session: Session, tried: Try) -> None:
    """Take a try that was right off what was counted; the name is as new here."""
    for key, pace in tried.limits():
        of_key = col(Pacing.key) == key
        session.execute(update(Pacing).where(of_key).values(spent_until=Pacing.spent_until - pace.step))
    first, _ = next(tried.limits())
    session.execute(delete(Pacing).where(col(Pacing.key) == first))


def purge(session: Session, now: datetime) -> None:
    """Forget what was spent and is no longer."""
    session.execute(delete(Pacing).where(col(Pacing.spent_until) < _ms(now)))


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
