"""The sides of running pairs whose date has come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import Session

from mentorship.checkins import due, queries
from mentorship.checkins.settings import queries as settings
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.objections import CHECK_INS, objected


class DueSide(NamedTuple):
    """A side whose date has come, with the date it is asked for."""

    mentorship_id: int
    side: str
    person_id: int
    due_on: date


def due_sides(session: Session, today: date) -> list[DueSide]:
    """Return the sides whose date has come; who objected to check-ins is asked none."""
    kept = settings.settings(session)
    long_ago = today - timedelta(days=due.MISSED_AFTER_DAYS)
    spared = set(session.scalars(objected(CHECK_INS)))
    found = []
    for duo in queries.duos(session, today):
        if duo.is_over(today):
            continue  # it ends today: the closing one is asked instead
        if due.is_out(today, duo.out):
            continue  # while a side is away nothing is asked
        for side, person_id in ((JUNIOR, duo.junior_id), (MENTOR, duo.mentor_id)):
            if person_id in spared:
                continue
            due_on = queries.due_on(duo, side, kept)
            if due_on is None or due_on > today:
                continue
            if due_on <= long_ago:
                due_on = today  # a worker that was away for weeks asks once, not for each date it slept through
            one = DueSide(
                duo.mentorship_id,
                side,
                person_id,
                due_on,
            )
            found.append(one)
    return found
