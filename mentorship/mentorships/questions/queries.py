"""Reads of quick questions: one's own, those that wait, and those of which the time has come."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given, locking
from mentorship.mentorships.questions import rules
from mentorship.mentorships.questions.models import NO, OFF, OPEN, YES, QuickQuestion
from mentorship.people.access import Actor, Subject
from mentorship.profiles.away import queries as away

SHOWN = 20


def subject(session: Session, question_id: int) -> Subject | None:
    """Return whose question it is: nobody but the two has a way to it."""
    found = session.get(QuickQuestion, question_id)
    if found is None:
        return None
    return Subject(
        frozenset({found.asker_id, found.asked_id}),
        kept=found.asked_at,
    )


def one(session: Session, question_id: int) -> QuickQuestion:
    """Return a question that is there."""
    return session.get_one(QuickQuestion, question_id)


def of_person(session: Session, actor: Actor) -> list[QuickQuestion]:
    """Return the questions that somebody asked or was asked, the newest first; not those that are closed to them."""
    query = (
        select(QuickQuestion)
        .where(_of(actor.person_id))
        .order_by(
            col(QuickQuestion.asked_at).desc(),
            col(QuickQuestion.id).desc(),
        )
        .limit(SHOWN)
    )
    return [found for found in session.exec(query) if not actor.is_closed(found.asked_at)]


def _of(person_id: int) -> ColumnElement[bool]:
    return or_(
        col(QuickQuestion.asker_id) == person_id,
        col(QuickQuestion.asked_id) == person_id,
    )


def waiting(session: Session, person_id: int, now: datetime) -> list[QuickQuestion]:
    """Return the questions that somebody was asked and can still answer, the oldest first."""
    return list(session.exec(asked_of(person_id, now - rules.LASTS)))


def asked_of(person_id: Given[int], since: Given[datetime]) -> SelectOfScalar[QuickQuestion]:
    """Return the query for the questions that somebody was asked since a moment, and did not answer."""
    query = select(QuickQuestion).where(
        QuickQuestion.asked_id == person_id,
        QuickQuestion.status == OPEN,
        col(QuickQuestion.asked_at) > since,
    )
    return query.order_by(col(QuickQuestion.id))


def answered(session: Session, person_id: int) -> list[QuickQuestion]:
    """Return the questions of somebody that were answered, and of which they did not read that yet."""
    return list(session.exec(answered_for(person_id)))


def answered_for(person_id: Given[int]) -> SelectOfScalar[QuickQuestion]:
    """Return the query for the questions of somebody that were answered, and of which they did not read that yet."""
    query = select(QuickQuestion).where(
        QuickQuestion.asker_id == person_id,
        col(QuickQuestion.status).in_((YES, NO)),
        col(QuickQuestion.seen_at).is_(None),
    )
    return query.order_by(col(QuickQuestion.id))


def count_open(session: Session, asker_id: int) -> int:
    """Count the open questions that somebody asked."""
    query = select(func.count()).where(
        QuickQuestion.asker_id == asker_id,
        QuickQuestion.status == OPEN,
    )
    return session.exec(query).one()


def between(session: Session, one_id: int, other_id: int) -> QuickQuestion | None:
    """Return the question that is open between two, whoever asked it."""
    query = select(QuickQuestion).where(
        _of(one_id),
        _of(other_id),
        QuickQuestion.status == OPEN,
    )
    return session.exec(query.order_by(col(QuickQuestion.id))).first()


def to_lapse(session: Session, now: datetime) -> list[QuickQuestion]:
    """Return the open questions that waited too long, for nobody else to change."""
    query = select(QuickQuestion).where(
        QuickQuestion.status == OPEN,
        col(QuickQuestion.asked_at) <= now - rules.LASTS,
    )
    return list(session.exec(locking(query.order_by(col(QuickQuestion.id)))))


def to_count(session: Session, today: date) -> list[QuickQuestion]:
    """Return the shifts along that are over and were not counted yet, for nobody else to change."""
    query = select(QuickQuestion).where(
        QuickQuestion.status == YES,
        col(QuickQuestion.along).is_(True),
        col(QuickQuestion.day) < today,
        col(QuickQuestion.hours).is_(None),
    )
    return list(session.exec(locking(query.order_by(col(QuickQuestion.id)))))


def unfinished(session: Session, person_id: int) -> list[QuickQuestion]:
    """Return what somebody asked or was asked that is not over, for nobody else to change."""
    query = select(QuickQuestion).where(
        _of(person_id),
        col(QuickQuestion.closed_at).is_(None),
    )
    return list(session.exec(locking(query.order_by(col(QuickQuestion.id)))))


def news(session: Session, since: datetime) -> list[QuickQuestion]:
    """Return the questions that are open, or of which something was said a short while ago."""
    recent = or_(
        col(QuickQuestion.answered_at) > since,
        col(QuickQuestion.closed_at) > since,
    )
    query = select(QuickQuestion).where(
        or_(col(QuickQuestion.status) == OPEN, recent),
        col(QuickQuestion.status).in_((OPEN, YES, NO, OFF)),
    )
    return list(session.exec(query.order_by(col(QuickQuestion.id))))


def days(session: Session, found: QuickQuestion, today: date) -> list[date]:
    """Return on which days the two could meet, for who was asked."""
    there = away.presence(session, [found.asker_id, found.asked_id], today)
    return rules.days_together(
        there.timetables.get(found.asker_id),
        there.timetables.get(found.asked_id),
        today,
    )
