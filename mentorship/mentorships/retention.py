"""Deletes what is kept no longer of pairs that are over: first the hours, later the pair itself."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, or_
from sqlmodel import Session, SQLModel, col, select

from mentorship.base.clock import local_date
from mentorship.mentorships import queries
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import ClosingWord, FailingRule, Mentorship
from mentorship.programme.queries import programme
from mentorship.programme.rules import over_on


def purge(session: Session, now: datetime) -> None:
    """Delete hours and pairs that the programme keeps no longer; the check-ins of such pairs are gone by then."""
    settings = programme(session)
    today = local_date(now)
    _forget_hours(session, over_on(today, settings.answers_months))
    _forget_pairs(session, over_on(today, settings.pairs_months))
    session.expire_all()


def _forget_hours(session: Session, day: date) -> None:
    """Delete the hours of pairs that were over on a day, and other guiding until then."""
    of_pairs = col(WorkedWeek.mentorship_id).in_(queries.ended_by(day))
    other_guiding = and_(
        col(WorkedWeek.mentorship_id).is_(None),
        col(WorkedWeek.week) <= day,
    )
    _delete(session, WorkedWeek, or_(of_pairs, other_guiding))


def _forget_pairs(session: Session, day: date) -> None:
    """Delete the pairs that were over on a day, with all that hangs on them."""
    gone = queries.ended_by(day)
    of_gone = col(Goal.mentorship_id).in_(gone)
    goals = select(Goal.id).where(of_gone)
    of_goals = col(LevelClaim.goal_id).in_(goals)
    _delete(session, LevelClaim, of_goals)
    for table in (Goal, ClosingWord, FailingRule):
        of_pairs = col(table.mentorship_id).in_(gone)
        _delete(session, table, of_pairs)
    themselves = col(Mentorship.id).in_(gone)
    _delete(session, Mentorship, themselves)


def _delete(session: Session, table: type[SQLModel], doomed: ColumnElement[bool]) -> None:
    """Delete rows in the database alone: what the session holds of them is let go at the end."""
    statement = delete(table).where(doomed)
    session.exec(statement, execution_options={"synchronize_session": False})
