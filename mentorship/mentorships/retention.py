"""Deletes what is kept no longer of pairs that are over: first the hours, later the pair itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_
from sqlmodel import Session, SQLModel, col, select

from mentorship.base.clock import local_date
from mentorship.mentorships import queries
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.meeting.models import MeetingAside, MeetingPoint
from mentorship.mentorships.models import ClosingWord, FailingRule, Mentorship, ProposalReminder
from mentorship.programme.queries import programme
from mentorship.programme.rules import over_on


def forget_hours(session: Session, now: datetime) -> None:
    """Delete the hours that the programme keeps no longer: of pairs that are over, and other guiding until then."""
    months = programme(session).answers_months
    day = over_on(local_date(now), months)
    of_pairs = col(WorkedWeek.mentorship_id).in_(queries.ended_by(day))
    other_guiding = and_(
        col(WorkedWeek.mentorship_id).is_(None),
        col(WorkedWeek.week) <= day,
    )
    _delete(session, WorkedWeek, or_(of_pairs, other_guiding))
    session.expire_all()


def forget_pairs(session: Session, now: datetime) -> None:
    """Delete pairs that the programme keeps no longer, with all that hangs on them; their check-ins went before."""
    months = programme(session).pairs_months
    day = over_on(local_date(now), months)
    gone = queries.ended_by(day)
    of_gone = col(Goal.mentorship_id).in_(gone)
    goals = select(Goal.id).where(of_gone)
    of_goals = col(LevelClaim.goal_id).in_(goals)
    _delete(session, LevelClaim, of_goals)
    for table in (Goal, ClosingWord, FailingRule, ProposalReminder, MeetingPoint, MeetingAside):
        of_pairs = col(table.mentorship_id).in_(gone)
        _delete(session, table, of_pairs)
    themselves = col(Mentorship.id).in_(gone)
    _delete(session, Mentorship, themselves)
    session.expire_all()


def _delete(session: Session, table: type[SQLModel], doomed: ColumnElement[bool]) -> None:
    """Delete rows in the database alone: what the session holds of them is let go at the end."""
    statement = delete(table).where(doomed)
    session.exec(statement, execution_options={"synchronize_session": False})
