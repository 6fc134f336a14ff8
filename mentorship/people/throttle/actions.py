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
from mentorship.people.models import FailedSignIn
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
    onto: Any = upsert(session, Pacing).values(
        key=key,
        spent_until=moment + pace.step,
    )
    spent = col(Pacing.spent_until)
    farthest = moment + pace.farthest
    counts = and_(spent > moment, spent <= farthest)
    stands = case((counts, spent), else_=moment)
    ahead = moment + pace.ahead
    moved = onto.on_conflict_do_update(
        index_elements=["key"],
        set_={"spent_until": stands + pace.step},
        where=or_(spent <= ahead, ~counts),
    )
    booked = session.execute(moved.returning(spent))
    return booked.first() is not None


def _wait(session: Session, key: str, pace: Pace, now: datetime) -> timedelta:
    """Return after how long one may try again."""
    of_key = col(Pacing.key) == key
    query = columns(col(Pacing.spent_until))
    spent = session.execute(query.where(of_key)).scalar_one()
    left = spent - pace.ahead - _ms(now)
    return timedelta(milliseconds=left)


def give_back(session: Session, tried: Try) -> None:
    """Take a try that was right off what was counted; the name is as new here."""
    take_off(session, tried)
    first, _ = next(tried.limits())
    of_first = col(Pacing.key) == first
    session.execute(delete(Pacing).where(of_first))


def take_off(session: Session, tried: Try) -> None:
    """Take one try off what was counted."""
    for key, pace in tried.limits():
        of_key = col(Pacing.key) == key
        earlier = col(Pacing.spent_until) - pace.step
        giving = update(Pacing).where(of_key)
        session.execute(giving.values(spent_until=earlier))


def purge(session: Session, now: datetime) -> None:
    """Forget what was spent and is no longer."""
    over = col(Pacing.spent_until) < _ms(now)
    forgetting = delete(Pacing).where(over)
    session.execute(forgetting)
    by_the_version_before = col(FailedSignIn.at) < now - timedelta(days=1)
    session.execute(delete(FailedSignIn).where(by_the_version_before))


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
