"""Reads of check-ins; a person's answers are read for that person alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.checkins import due
from mentorship.checkins.models import HELPERS, OPEN, Answer, CheckIn
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.settings.queries import lacking, settings
from mentorship.checkins.together_shifts import days_together
from mentorship.matching import Timetable
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE, SITE, Mentorship
from mentorship.mentorships.rules import JUNIOR
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles.rosters import queries as roster_queries


@dataclass(frozen=True)
class Asked:
    """A check-in with its questions and the answers given so far."""

    check_in: CheckIn
    questions: list[dict[str, str]]
    answers: dict[str, int | None]


def subject(session: Session, check_in_id: int) -> Subject | None:
    """Return whose check-in it is."""
    found = session.get(CheckIn, check_in_id)
    return Subject(frozenset({found.person_id})) if found else None


def pair_subject(session: Session, mentorship_id: int) -> Subject | None:
    """Return both sides of a pair as its owners, and the lines above either."""
    found = session.get(Mentorship, mentorship_id)
    if found is None:
        return None
    above = people.line_above(session, found.mentor_id) | people.line_above(session, found.junior_id)
    return Subject(frozenset({found.mentor_id, found.junior_id}), above)


def shared_notes(session: Session, mentorship_id: int, side: str) -> list[CheckIn]:
    """Return the check-ins of one side whose note its author shares, the newest first."""
    query = select(CheckIn).where(CheckIn.mentorship_id == mentorship_id, CheckIn.side == side)
    return list(session.exec(query.where(col(CheckIn.note_shared).is_(True)).order_by(col(CheckIn.due_on).desc())))


def one(session: Session, check_in_id: int, *, lock: bool = False) -> CheckIn:
    """Return a check-in that exists; with `lock` nobody else changes it before this transaction ends."""
    query = select(CheckIn).where(col(CheckIn.id) == check_in_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one()


def asked(session: Session, found: CheckIn) -> Asked:
    """Return the questions of a check-in, and what was answered."""
    questions = session.get_one(QuestionSet, found.set_id).questions[found.side]
    rows = session.exec(select(Answer.key, Answer.value).where(Answer.check_in_id == found.id))
    return Asked(found, questions, dict(rows.all()))


def helpers(session: Session, found: CheckIn) -> list[str]:
    """Return whom help can be asked of: the mentor by the junior, and others who are there and no side of the pair."""
    pair = session.get_one(Mentorship, found.mentorship_id)
    sides, above = {pair.mentor_id, pair.junior_id}, session.get_one(Person, found.person_id).manager_id
    asked_of = confidant(session)
    there = {
        "mentor": found.side == JUNIOR and not found.closing,
        "coordinator": bool(set(people.people_with_role(session, access.COORDINATOR)) - sides),
        "manager": above not in sides and above is not None and access.MANAGER in people.roles_of(session, above),
        "confidant": asked_of is not None and asked_of.id not in sides,
    }
    return [helper for helper in HELPERS if there[helper]]


def confidant(session: Session) -> Person | None:
    """Return whom a confidant's help is asked of, if somebody who is here."""
    number = settings(session).confidant
    found = people.person_by_number(session, number) if number else None
    return found if found is not None and found.left_on is None else None


def waiting(session: Session, person_id: int) -> list[CheckIn]:
    """Return a person's open check-ins, the oldest first."""
    query = select(CheckIn).where(CheckIn.person_id == person_id, CheckIn.status == OPEN)
    return list(session.exec(query.order_by(col(CheckIn.due_on), col(CheckIn.id))))


def others(session: Session, found: Sequence[CheckIn]) -> dict[int, Person]:
    """Return with whom each of these check-ins asks how it goes."""
    pairs = mentorships.by_id(session, [row.mentorship_id for row in found])
    persons = people.persons(session, [i for pair in pairs.values() for i in (pair.mentor_id, pair.junior_id)])
    sides = {row.id or 0: (row.side, pairs[row.mentorship_id]) for row in found}
    return {i: persons[pair.mentor_id if side == JUNIOR else pair.junior_id] for i, (side, pair) in sides.items()}


def history(session: Session, mentorship_id: int, side: str) -> list[tuple[CheckIn, dict[str, int | None]]]:
    """Return the closed check-ins of one side of a pair with their answers, the oldest first."""
    query = select(CheckIn).where(CheckIn.mentorship_id == mentorship_id, CheckIn.side == side)
    rows = list(session.exec(query.where(CheckIn.status != OPEN).order_by(col(CheckIn.due_on))))
    answers: dict[int, dict[str, int | None]] = {}
    ids = [row.id for row in rows]
    for answer in session.exec(select(Answer).where(col(Answer.check_in_id).in_(ids))):
        answers.setdefault(answer.check_in_id, {})[answer.key] = answer.value
    return [(row, answers.get(row.id or 0, {})) for row in rows]


@dataclass(frozen=True)
class Duo:
    """A running pair, the day it was last asked, started or resumed, and whether it meets remotely.

    The rosters are those by which it meets: none of a pair that works at two sites by now.
    """

    mentorship_id: int
    mentor_id: int
    junior_id: int
    last: date
    junior: Timetable | None
    mentor: Timetable | None
    remote: bool


def duos(session: Session, ids: Collection[int] | None = None) -> list[Duo]:
    """Return every running pair (or these), in a number of queries that does not grow with people."""
    last = select(CheckIn.mentorship_id, func.max(CheckIn.due_on), func.max(CheckIn.opened_at))
    last = last.group_by(col(CheckIn.mentorship_id))
    active = select(Mentorship).where(Mentorship.status == ACTIVE).order_by(col(Mentorship.id))
    if ids is not None:
        last = last.where(col(CheckIn.mentorship_id).in_(ids))
        active = active.where(col(Mentorship.id).in_(ids))
    # asked late, they are asked again some time after that day
    asked_on = {pair: max(day, local_date(opened)) for pair, day, opened in session.exec(last)}
    running = list(session.exec(active))
    sides = None if ids is None else {i for pair in running for i in (pair.mentor_id, pair.junior_id)}
    rosters, failing = roster_queries.timetables(session, sides), mentorships.failing(session)
    found = []
    for pair in running:
        # asked before a pause, they are asked again some time after it
        days = [day for day in (asked_on.get(pair.id or 0), pair.running_since) if day is not None]
        began = max(days, default=None)
        if pair.id is not None and began is not None:
            apart = SITE in failing.get(pair.id, {})
            times = (None, None) if apart else (rosters.get(pair.junior_id), rosters.get(pair.mentor_id))
            found.append(Duo(pair.id, pair.mentor_id, pair.junior_id, began, *times, is_remote(pair)))
    return found


def still_running(session: Session, mentorship_ids: Sequence[int]) -> set[int]:
    """Return which of these pairs run, and hold them so until this transaction ends."""
    found: set[int] = set()
    for start in range(0, len(mentorship_ids), 5000):
        these = col(Mentorship.id).in_(mentorship_ids[start : start + 5000])
        rows = columns(col(Mentorship.id)).where(these, col(Mentorship.status) == ACTIVE).order_by(col(Mentorship.id))
        found.update(session.scalars(rows.with_for_update()))
    return found


def due_on(duo: Duo, days: int) -> date:
    """Return the day on which a pair is due to be asked, at least so many days after the last."""
    met = days_together(duo.junior, duo.mentor, duo.last + timedelta(days=1), due.LATEST_DAYS, duo.remote)
    return due.next_due(duo.last, met, days)


def next_days(session: Session, found: Collection[Duo], today: date) -> dict[int, date]:
    """Return the day on which each of these pairs is asked next; none while check-ins do not run."""
    if lacking(session):
        return {}
    days = settings(session).days
    return {duo.mentorship_id: max(due_on(duo, days), today) for duo in found}


def is_remote(pair: Mentorship) -> bool:
    """Tell whether a pair was made to meet at a distance."""
    return bool(pair.explanation.get("remote"))
