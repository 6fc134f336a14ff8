"""Verbs on a quick question: ask, answer, withdraw, call off; let it lapse, count its hours. They never commit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete, update
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.mail_kinds import QUESTION, QUESTION_SAID
from mentorship.base.undo import About, Kept, keep, state
from mentorship.mentorships.hours import actions as hours
from mentorship.mentorships.hours import rules as hours_rules
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.questions import queries, rules
from mentorship.mentorships.questions.models import (
    KEPT_DAYS,
    LAPSED,
    NO,
    OFF,
    WITHDRAWN,
    YES,
    QuickQuestion,
)
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles.away import queries as away
from mentorship.profiles.findable import queries as findable
from mentorship.profiles.models import Domain

SUBJECT = "quick question"
ANSWER = "answer a quick question"


def ask(
    session: Session,
    actor: Actor,
    asked_id: int,
    now: datetime,
    *,
    words: str,
    along: bool,
    domain_id: int | None = None,
) -> QuickQuestion:
    """Ask somebody who may be found something: to walk along for a shift, or only to explain.

    Both are locked, in one order, so that of many sent at once no more stand open than may.
    """
    me = actor.person_id
    for person_id in sorted({me, asked_id}):
        locked(session, Person, person_id)
    if not findable.is_found(session, me, asked_id, local_date(now)):
        raise Refused(rules.NOT_FOUND)
    between = queries.between(session, me, asked_id)
    rules.check_ask(queries.count_open(session, me), int(between is not None))
    known = session.get(Domain, domain_id) if domain_id else None
    found = QuickQuestion(
        asker_id=me,
        asked_id=asked_id,
        domain_id=known.id if known else None,
        along=along,
        words=words,
        asked_at=now,
    )
    session.add(found)
    session.flush()
    _record(session, actor, found, "ask a quick question", now)
    return found


def answer(
    session: Session,
    actor: Actor,
    question_id: int,
    now: datetime,
    *,
    day: date | None = None,
    said_yes: bool,
) -> QuickQuestion:
    """Say yes to a question, to a shift along with a day, or no thanks; nobody asks why."""
    found = _open(session, question_id, now)
    if found.asked_id != actor.person_id:
        raise Refused(rules.NOT_YOURS)
    if said_yes:
        offered = queries.days(session, found, local_date(now))
        rules.check_day(day, offered, along=found.along)
    kept = keep(session, QuickQuestion, id=question_id)
    found.status = YES if said_yes else NO
    found.answered_at = now
    found.closed_by_id = actor.person_id
    found.day = day if said_yes and found.along else None
    if found.day is None:
        found.closed_at = now
    session.flush()
    _record(session, actor, found, ANSWER, now, kept, answer=found.status)
    return found


def _open(session: Session, question_id: int, now: datetime) -> QuickQuestion:
    """Return a question that waits for an answer, for nobody else to change."""
    found = locked(session, QuickQuestion, question_id)
    if found is None or rules.is_over(found.asked_at, now):
        raise Refused(rules.CLOSED)
    rules.check_open(found.status)
    return found


def withdraw(session: Session, actor: Actor, question_id: int, now: datetime) -> None:
    """Take one's own question back, as long as it was not answered."""
    found = _open(session, question_id, now)
    if found.asker_id != actor.person_id:
        raise Refused(rules.NOT_YOURS)
    kept = keep(session, QuickQuestion, id=question_id)
    close(found, WITHDRAWN, now, actor.person_id)
    session.flush()
    _record(session, actor, found, "withdraw a quick question", now, kept)


def call_off(session: Session, actor: Actor, question_id: int, now: datetime) -> None:
    """Say that a shift along does not go ahead; who was asked can say so afterwards too, and takes its hours back."""
    found = locked(session, QuickQuestion, question_id)
    me = actor.person_id
    today = local_date(now)
    if found is None or me not in (found.asker_id, found.asked_id):
        raise Refused(rules.NOT_YOURS)
    if not rules.can_be_called_off(found.status, found.day, today, by_asked=me == found.asked_id):
        raise Refused(rules.OVER)
    kept = keep(session, QuickQuestion, id=question_id)
    if found.hours and found.day:
        _take_back(session, found, found.day, found.hours, now)
        found.hours = None
    close(found, OFF, now, me)
    session.flush()
    _record(session, actor, found, "call off a shift along", now, kept)


def _take_back(session: Session, found: QuickQuestion, day: date, counted: Decimal, now: datetime) -> None:
    """Take hours that were counted off the other guiding of their week."""
    week = hours_rules.week_of(day)
    kept = keep(
        session,
        WorkedWeek,
        mentor_id=found.asked_id,
        mentorship_id=None,
        week=week,
    )
    hours.add_other(session, found.asked_id, week, -counted, now)
    state(session, kept, About("call off a shift along", SUBJECT, found.id))


def close(found: QuickQuestion, status: str, now: datetime, by_id: int | None = None) -> None:
    """End a question: nothing happens to it any more."""
    found.status = status
    found.closed_at = now
    found.closed_by_id = by_id


def see(session: Session, question_id: int, now: datetime) -> None:
    """Note, once, that who asked read the answer."""
    first = update(QuickQuestion).where(
        col(QuickQuestion.id) == question_id,
        col(QuickQuestion.seen_at).is_(None),
    )
    session.exec(first.values(seen_at=now))


def lapse_due(session: Session, now: datetime) -> int:
    """Let the questions lapse that nobody answered; return how many."""
    due = queries.to_lapse(session, now)
    for found in due:
        close(found, LAPSED, now)
        note(session, None, found, "let a quick question lapse", now)
    return len(due)


def count_due(session: Session, now: datetime) -> int:
    """Count the hours of shifts along that are over as other guiding of who was asked; return of how many.

    What counts are the hours that both were at work that day; nothing where one of them was not.
    """
    due = queries.to_count(session, local_date(now))
    for found in due:
        if found.day is None:
            continue
        found.hours = _at_work(session, found, found.day)
        found.closed_at = now
        if found.hours:
            week = hours_rules.week_of(found.day)
            hours.add_other(session, found.asked_id, week, found.hours, now)
        note(session, None, found, "count a shift along", now)
    return len(due)


def _at_work(session: Session, found: QuickQuestion, day: date) -> Decimal:
    """Return how long both were at work on a day: by the roster of who was asked alone where there is no other."""
    there = away.presence(session, [found.asker_id, found.asked_id], day).timetables
    asked = there.get(found.asked_id)
    asker = there.get(found.asker_id)
    if asked is None:
        return Decimal(0)
    if asker is None:
        return min(hours_rules.at_work(asked, day, 1), Decimal(24))
    return min(hours_rules.in_common(asker, asked, day, 1), Decimal(24))


def purge(session: Session, now: datetime) -> None:
    """Delete the questions that closed longer ago than they are kept."""
    closed = col(QuickQuestion.closed_at) < now - timedelta(days=KEPT_DAYS)
    session.exec(delete(QuickQuestion).where(closed), execution_options={"synchronize_session": False})
    session.expire_all()


def _record(
    session: Session,
    actor: Actor,
    found: QuickQuestion,
    verb: str,
    now: datetime,
    kept: Kept | None = None,
    **change: object,
) -> None:
    """Record what somebody did with a question, never its words, and state how that is undone."""
    note(session, actor.person_id, found, verb, now, **change)
    about = str(found.id)
    mails = [(QUESTION, about), (QUESTION_SAID, f"{about} {found.status}")]
    before = kept or Kept("quick_question", {"id": found.id})
    state(session, before, About(verb, SUBJECT, found.id, mails=mails))


def note(
    session: Session,
    by_id: int | None,
    found: QuickQuestion,
    verb: str,
    now: datetime,
    **change: object,
) -> None:
    """Record in the log what happened to a question, never its words."""
    audit.record(
        session,
        now,
        by_id,
        verb,
        SUBJECT,
        found.id,
        **change,
    )
