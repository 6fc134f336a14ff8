"""Which check-ins waited long enough, the days on which somebody is away not counted, and which are asked still."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date, wall_time
from mentorship.base.db import MANY
from mentorship.checkins import due
from mentorship.checkins.early import is_early
from mentorship.checkins.models import ANSWERED, OPEN, CheckIn
from mentorship.checkins.settings.queries import settings
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.profiles.away import queries as away


def is_asked_still(session: Session, found: CheckIn) -> bool:
    """Tell whether a pair is still asked what a check-in that closed asked, and was not asked anew."""
    pair = session.get_one(Mentorship, found.mentorship_id)
    later = select(CheckIn.id).where(
        CheckIn.mentorship_id == found.mentorship_id,
        CheckIn.side == found.side,
        col(CheckIn.id) > found.id,
    )
    if session.exec(later.limit(1)).first() is not None:
        return False
    return found.closing or pair.status == ACTIVE


def is_correctable(session: Session, found: CheckIn, today: date) -> bool:
    """Tell whether its author can still change what they sent: until the next one opens, the last one for two weeks."""
    if found.status != ANSWERED or not is_asked_still(session, found):
        return False
    return not found.closing or not is_over(session, found, today)


def is_over(session: Session, found: CheckIn, today: date) -> bool:
    """Tell whether the term of a check-in is over, be it open or closed."""
    out = away.days_out(session, [found.person_id], today)
    return due.is_missed(local_date(found.opened_at), today, out.get(found.person_id, due.NEVER))


def over(session: Session, today: date) -> list[int]:
    """Return the open check-ins whose term is over: that of an early one begins when it would have come anyway."""
    last_day = today - timedelta(days=due.MISSED_AFTER_DAYS - 1)
    query = columns(
        col(CheckIn.id),
        col(CheckIn.person_id),
        col(CheckIn.opened_at),
    )
    rows = session.execute(
        query.where(
            col(CheckIn.status) == OPEN,
            col(CheckIn.opened_at) < wall_time(last_day, 0),
            ~is_early(settings(session), last_day - timedelta(days=1)),
        )
    ).all()
    if not rows:
        return []
    whose = {person_id for _, person_id, _ in rows}
    out = away.days_out(session, whose if len(whose) < MANY else None, today)
    found = []
    for check_in_id, person_id, opened_at in rows:
        if due.is_missed(local_date(opened_at), today, out.get(person_id, due.NEVER)):
            found.append(check_in_id)
    return found
