"""Until when pairs are meant to run: some say so, and of one that was nearly over the two go on for longer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.demo.diary import actor
from mentorship.mentorships.acting import actions
from mentorship.mentorships.models import ACTIVE, PAUSED, Mentorship
from mentorship.people.access import Actor

SAID_AGO = timedelta(days=16)
LONGER_AGO = timedelta(days=3)
AHEAD = (2, 4, 6, 17, 25, 39, 54)
"""So many days from the end of the demo pairs are meant to run; the first of them goes on for longer."""
APART = 5
"""One in so many pairs says so, the newest first: these are not over by then."""
LONGER = timedelta(weeks=8)


def say_until(session: Session, now: datetime, coordinator: Actor, today: date) -> None:
    """Let some pairs be given an expected end, counted from `today`: by the mentor, or by the coordinator."""
    running = select(Mentorship).where(
        Mentorship.status == ACTIVE,
    )
    newest = running.order_by(
        col(Mentorship.started_on).desc(),
        col(Mentorship.id).desc(),
    )
    some = session.exec(newest).all()[::APART]
    for place, days in enumerate(AHEAD[: len(some)]):
        pair = some[place]
        who = coordinator
        if place % 2 == 0:
            who = actor(session, pair.mentor_id)
        until = today + timedelta(days=days)
        actions.expect(
            session,
            who,
            id_of(pair),
            until,
            now,
        )


def go_on(session: Session, now: datetime) -> None:
    """Let the mentor of the pair that is over soonest say that they go on for some weeks."""
    running = select(Mentorship).where(
        col(Mentorship.status).in_((ACTIVE, PAUSED)),
        col(Mentorship.expected_end).is_not(None),
    )
    soonest = running.order_by(
        col(Mentorship.expected_end),
        col(Mentorship.id),
    )
    pair = session.exec(soonest).first()
    if pair is None or pair.expected_end is None:
        return
    mentor = actor(session, pair.mentor_id)
    until = pair.expected_end + LONGER
    actions.expect(
        session,
        mentor,
        id_of(pair),
        until,
        now,
    )
