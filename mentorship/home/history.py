"""How many pairs had begun and not ended at the end of each of the last weeks, as their rows tell it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED, Mentorship

WEEKS = 12
BEGUN = (ACTIVE, PAUSED, ENDED)
Spell = tuple[date | None, date | None, int]
"""From when and until when so many pairs ran: None from before it was known, and still."""


def pairs_by_week(session: Session, today: date, mentor_ids: Collection[int] | None = None) -> list[int]:
    """Return how many there were, the oldest week first and today last; of these mentors, or (None) all.

    Those that pause count: when a pause of before began is not kept. In one query, whoever and however many they are.
    """
    days = [today - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    began, ended = col(Mentorship.started_on), col(Mentorship.ended_on)
    query = columns(
        began,
        ended,
        func.count(),
    ).where(
        col(Mentorship.status).in_(BEGUN),
        or_(ended.is_(None), ended > days[0]),
    )
    if mentor_ids is not None:
        query = query.where(col(Mentorship.mentor_id).in_(mentor_ids))
    spells = [(row[0], row[1], row[2]) for row in session.execute(query.group_by(began, ended))]
    return [_on(day, spells) for day in days]


def _on(day: date, spells: Iterable[Spell]) -> int:
    number = 0
    for began, ended, pairs in spells:
        had_begun = began is None or began <= day
        if had_begun and (ended is None or ended > day):
            number += pairs
    return number
