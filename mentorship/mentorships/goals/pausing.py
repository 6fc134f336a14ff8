"""What a pause does to the days of goals: it holds them, and they move by as long as it lasted. Never commits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from mentorship.base.db import locking
from mentorship.mentorships.goals.models import Goal


def hold(session: Session, mentorship_id: int, today: date) -> None:
    """Hold the days of a pair's goals from today on; one that is chosen during the pause is meant as it is."""
    has_day = col(Goal.due_on).is_not(None)
    for goal in _locked(session, [mentorship_id], has_day):
        goal.held_on = today


def let_go(session: Session, mentorship_ids: Collection[int], today: date) -> None:
    """Move what was held by the days that the pause lasted."""
    is_held = col(Goal.held_on).is_not(None)
    for goal in _locked(session, mentorship_ids, is_held):
        since = goal.held_on or today
        lasted = max(today - since, timedelta())
        if goal.due_on is not None:
            goal.due_on += lasted
        goal.held_on = None


def _locked(
    session: Session,
    mentorship_ids: Collection[int],
    condition: ColumnElement[bool],
) -> list[Goal]:
    of_pairs = col(Goal.mentorship_id).in_(mentorship_ids)
    query = select(Goal).where(of_pairs, condition)
    in_order = query.order_by(col(Goal.id))
    rows = session.exec(locking(in_order))
    return list(rows)
