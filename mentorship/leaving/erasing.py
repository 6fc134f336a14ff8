"""Erases somebody now: what is theirs goes, and what they share with others stays without their name.

It is the purge of who left long ago (`retention.let_go`), which does not wait; and what that leaves to the purges of
pairs and rounds: their side of it goes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlmodel import Session, SQLModel, col

from mentorship.base.db import metadata
from mentorship.checkins.models import Answer, CheckIn, CheckInCode
from mentorship.checkins.signals.models import Signal
from mentorship.leaving import files, others, retention
from mentorship.leaving.actions import leave_at_once
from mentorship.mentor_requests.models import MentorRequest, Need, PlaceAsked, RequestOutcome
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.meeting.models import MeetingAside, MeetingPoint
from mentorship.mentorships.models import JUNIOR, MENTOR, ClosingWord, Mentorship
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.rounds.models import RoundPair
from mentorship.rounds.notes.models import RoundNote

NO_WORDS = "–"
"""What stands where words have to."""
UNREAD: dict[str, Any] = {"synchronize_session": False}


def erase(session: Session, person_id: int, now: datetime) -> str:
    """Erase somebody; return the number by which they were known."""
    person = leave_at_once(
        session,
        person_id,
        now,
    )
    number = person.number
    session.flush()
    theirs = others.theirs(session, person_id)
    for statement in _their_side(person_id):
        session.execute(
            statement,
            execution_options=UNREAD,
        )
    _forget_why(
        session,
        person_id,
    )
    others.forget(
        session,
        person,
        theirs,
    )
    files.forget(
        session,
        number,
    )
    retention.let_go(
        session,
        {person_id: number},
    )
    return number


def _their_side(person_id: int) -> Iterator[Any]:
    """Yield what deletes their side of what two share, and empties the words about them."""
    yield from _asked(person_id)
    for model in (Signal, ClosingWord):
        theirs = _of_side(model, person_id)
        yield delete(model).where(theirs)
    yield from _agreed(person_id)
    yield from _learned(person_id)
    yield from _wished(person_id)
    asked_or_was = or_(
        col(QuickQuestion.asker_id) == person_id,
        col(QuickQuestion.asked_id) == person_id,
    )
    yield delete(QuickQuestion).where(asked_or_was)
    yield _said_goodbye(person_id)
    yield _said_when_it_ends(person_id)
    by_mentor = col(WorkedWeek.mentor_id) == person_id
    of_no_pair = col(WorkedWeek.mentorship_id).is_(None)
    yield delete(WorkedWeek).where(by_mentor, of_no_pair)


def _asked(person_id: int) -> Iterator[Any]:
    """Yield what deletes their check-ins."""
    theirs = col(CheckIn.person_id) == person_id
    asked = select(col(CheckIn.id)).where(theirs)
    for table in (Answer, CheckInCode):
        of_theirs = col(table.check_in_id).in_(asked)
        yield delete(table).where(of_theirs)
    yield delete(CheckIn).where(theirs)


def _agreed(person_id: int) -> Iterator[Any]:
    """Yield what deletes what they agreed with others at first meetings, which is of both, and what they put aside."""
    for side in (Mentorship.mentor_id, Mentorship.junior_id):
        pairs = _pairs(
            side,
            person_id,
        )
        yield delete(MeetingPoint).where(col(MeetingPoint.mentorship_id).in_(pairs))
    yield delete(MeetingAside).where(col(MeetingAside.person_id) == person_id)


def _learned(person_id: int) -> Iterator[Any]:
    """Yield what empties the words about what they learned."""
    pairs = _pairs(Mentorship.junior_id, person_id)
    of_theirs = col(Goal.mentorship_id).in_(pairs)
    goals = select(col(Goal.id)).where(of_theirs)
    claims = update(LevelClaim).where(col(LevelClaim.goal_id).in_(goals))
    yield claims.values(evidence=NO_WORDS)
    yield update(Goal).where(of_theirs).values(words="")


def _wished(person_id: int) -> Iterator[Any]:
    """Yield what deletes what they asked for; the request stays where a round or a pair points at it."""
    theirs = col(MentorRequest.person_id) == person_id
    requests = select(col(MentorRequest.id)).where(theirs)
    for part in (Need, RequestOutcome, PlaceAsked):
        of_theirs = col(part.request_id).in_(requests)
        yield delete(part).where(of_theirs)
    about_or_by = or_(
        col(RoundNote.request_id).in_(requests),
        col(RoundNote.by_id) == person_id,
    )
    yield delete(RoundNote).where(about_or_by)
    yield update(MentorRequest).where(theirs).values(goal="")
    for_others = col(MentorRequest.asked_by_id) == person_id
    yield update(MentorRequest).where(for_others).values(asked_by_id=None)


def _said_goodbye(person_id: int) -> Any:
    """Return what empties the word of thanks at the end of their pairs, and those that they wrote to others."""
    of_theirs = or_(
        col(Mentorship.mentor_id) == person_id,
        col(Mentorship.junior_id) == person_id,
        col(Mentorship.farewell_by_id) == person_id,
    )
    return (
        update(Mentorship)
        .where(of_theirs)
        .values(
            farewell="",
            farewell_by_id=None,
        )
    )


def _said_when_it_ends(person_id: int) -> Any:
    """Return what forgets who said that a pair of others ends on a day: it ends all the same."""
    said = col(Mentorship.ends_by_id) == person_id
    return update(Mentorship).where(said).values(ends_by_id=None)


def _pairs(side: Any, person_id: int) -> Any:
    return select(col(Mentorship.id)).where(col(side) == person_id)


def _of_side(model: type[SQLModel], person_id: int) -> ColumnElement[bool]:
    """Say which rows of pairs are of their side."""
    columns = metadata.tables[str(model.__tablename__)].c
    sides = []
    for name, column in ((MENTOR, Mentorship.mentor_id), (JUNIOR, Mentorship.junior_id)):
        of_pair = columns.mentorship_id.in_(
            _pairs(
                column,
                person_id,
            )
        )
        of_side = columns.side == name
        sides.append(
            and_(
                of_pair,
                of_side,
            )
        )
    return or_(*sides)


def _forget_why(session: Session, person_id: int) -> None:
    """Take out of why two were paired what the one who asked had written, and that they had waited."""
    wished = select(col(MentorRequest.id)).where(col(MentorRequest.person_id) == person_id)
    pairs = session.scalars(select(Mentorship).where(col(Mentorship.junior_id) == person_id))
    solved = session.scalars(select(RoundPair).where(col(RoundPair.request_id).in_(wished)))
    for row in (*pairs, *solved):
        kept = dict(row.explanation)
        for name in ("goal", "needs", "waited"):
            kept.pop(
                name,
                None,
            )
        row.explanation = kept
    session.flush()
