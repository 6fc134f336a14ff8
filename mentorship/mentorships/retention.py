"""Deletes what is kept no longer of pairs that are over: first the hours, later the pair itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.mentorships import queries
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import ClosingWord, FailingRule, Mentorship
from mentorship.programme.queries import programme
from mentorship.programme.rules import over_on


def purge(session: Session, now: datetime) -> None:
    """Delete hours and pairs that the programme keeps no longer; the check-ins of such pairs are gone by then."""
    settings, today, whole = programme(session), local_date(now), {"synchronize_session": False}
    unnoted = over_on(today, settings.answers_months)
    other = col(WorkedWeek.mentorship_id).is_(None) & (col(WorkedWeek.week) <= unnoted)
    hours = other | col(WorkedWeek.mentorship_id).in_(queries.ended_by(unnoted))
    session.exec(delete(WorkedWeek).where(hours), execution_options=whole)
    gone = queries.ended_by(over_on(today, settings.pairs_months))
    goals = select(Goal.id).where(col(Goal.mentorship_id).in_(gone))
    session.exec(delete(LevelClaim).where(col(LevelClaim.goal_id).in_(goals)), execution_options=whole)
    for table in (Goal, ClosingWord, FailingRule):
        session.exec(delete(table).where(col(table.mentorship_id).in_(gone)), execution_options=whole)
    session.exec(delete(Mentorship).where(col(Mentorship.id).in_(gone)), execution_options=whole)
    session.expire_all()
