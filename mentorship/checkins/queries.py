"""Reads of check-ins; a person's answers are read for that person alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given, chunked, id_of, locked
from mentorship.base.once import once
from mentorship.checkins import asking, due, lookups
from mentorship.checkins.cadence import Rhythm, of_pair, rhythms
from mentorship.checkins.models import OPEN, Answer, CheckIn
from mentorship.checkins.settings.models import CheckInSettings, QuestionSet
from mentorship.checkins.settings.queries import lacking, scale_of, settings
from mentorship.checkins.together_shifts import days_together
from mentorship.matching import Timetable
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE, SITE, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles.away import queries as away

Answers = dict[str, int | None]


@dataclass(frozen=True)
class Asked:
    """A check-in with its questions and the answers given so far."""

    check_in: CheckIn
    questions: list[dict[str, str]]
    scale: list[dict[str, str]]
    answers: Answers


def subject(session: Session, check_in_id: int) -> Subject | None:
    """Return whose check-in it is."""
    found = session.get(CheckIn, check_in_id)
    if found is None:
        return None
    # also what another sent since holds what its person tapped before
    return Subject(frozenset({found.person_id}), kept=None if found.status == OPEN else found.opened_at)


def pair_subject(session: Session, mentorship_id: int) -> Subject | None:
    """Return both sides of a pair as its owners, and the lines above either."""
    found = session.get(Mentorship, mentorship_id)
    if found is None:
        return None
    owners = frozenset({found.mentor_id, found.junior_id})
    above_mentor = people.line_above(session, found.mentor_id)
    above_junior = people.line_above(session, found.junior_id)
    return Subject(owners, above_mentor | above_junior)


def who_answered(session: Session, ids: Collection[int]) -> set[int]:
    """Return who of these ever began to answer a check-in, or wrote a note in one."""
    begun = select(Answer.check_in_id).where(Answer.check_in_id == CheckIn.id)
    query = select(CheckIn.person_id).where(
        col(CheckIn.person_id).in_(ids),
        or_(begun.exists(), col(CheckIn.note) != ""),
    )
    return set(session.exec(query.distinct()))


def shared_notes(session: Session, mentorship_id: int, side: str, since: datetime | None) -> list[CheckIn]:
    """Return the check-ins of one side (asked since a moment) whose note its author shares, the newest first."""
    return list(lookups.shared(session, mentorship_id, side, since))


def one(session: Session, check_in_id: int) -> CheckIn:
    """Return a check-in that exists."""
    return session.get_one(CheckIn, check_in_id)


def held(session: Session, check_in_id: int) -> CheckIn:
    """Return a check-in that exists, as it is now; nobody else changes it before this transaction ends."""
    found = locked(session, CheckIn, check_in_id)
    if found is None:
        raise LookupError(f"check-in {check_in_id} is no longer there")
    return found


def asked(session: Session, found: CheckIn) -> Asked:
    """Return the questions of a check-in, and what was answered."""
    asked_by = session.get_one(QuestionSet, found.set_id)
    questions = asking.among(asked_by.questions[found.side], found.asked)
    query = select(Answer.key, Answer.value).where(Answer.check_in_id == found.id)
    answers = dict(session.exec(query).all())
    return Asked(found, questions, scale_of(asked_by), answers)


def other_side(session: Session, found: CheckIn) -> Person:
    """Return with whom a check-in asks how it goes."""
    pair = mentorships.one(session, found.mentorship_id)
    other = pair.other_of(found.person_id)
    return people.persons(session, [other])[other]


@once
def waiting(session: Session, person_id: int) -> list[CheckIn]:
    """Return a person's open check-ins, the oldest first."""
    in_order = open_of(person_id).order_by(col(CheckIn.due_on), col(CheckIn.id))
    return list(session.exec(in_order))


def open_of(person_id: Given[int]) -> SelectOfScalar[CheckIn]:
    """Return the query for a person's open check-ins."""
    return select(CheckIn).where(CheckIn.person_id == person_id, CheckIn.status == OPEN)


def others(session: Session, found: Sequence[CheckIn]) -> dict[int, Person]:
    """Return with whom each of these check-ins asks how it goes."""
    pairs = mentorships.by_id(session, [row.mentorship_id for row in found])
    other_ids = {}
    for row in found:
        pair = pairs[row.mentorship_id]
        other_ids[id_of(row)] = pair.other_of(row.person_id)
    persons = people.persons(session, other_ids.values())
    return {check_in_id: persons[other] for check_in_id, other in other_ids.items()}


@once
def history(
    session: Session,
    mentorship_id: int,
    side: str,
    since: datetime | None,
) -> list[tuple[CheckIn, Answers]]:
    """Return the closed check-ins of one side of a pair (asked since a moment) with their answers, the oldest first."""
    rows = list(lookups.closed_in_order(session, mentorship_id, side, since))
    answers: dict[int, Answers] = {id_of(row): {} for row in rows}
    for answer in lookups.given_in(session, list(answers)):
        answers[answer.check_in_id][answer.key] = answer.value
    return [(row, answers[id_of(row)]) for row in rows]


@dataclass(frozen=True)
class Duo:
    """A running pair, the rhythm in which each side is asked, and whether it meets remotely.

    The rosters are those by which it meets: none of a pair that works at two sites by now. `out` are the days, as
    ordinals, on which a side is away or their site is closed; `ends_on` is the day on which it ends, if that was said.
    """

    mentorship_id: int
    mentor_id: int
    junior_id: int
    rhythms: Mapping[str, Rhythm]
    junior: Timetable | None
    mentor: Timetable | None
    remote: bool
    out: frozenset[int] = due.NEVER
    ends_on: date | None = None

    def side_of(self, person_id: int) -> str:
        """Return which side somebody is; nothing for who is neither."""
        return {self.junior_id: JUNIOR, self.mentor_id: MENTOR}.get(person_id, "")

    def is_over(self, day: date) -> bool:
        """Tell whether it ended by a day, as was said."""
        return self.ends_on is not None and day >= self.ends_on

    @property
    def planned(self) -> Duo:
        """The same by the rosters alone, whoever is away."""
        return replace(
            self,
            junior=self.junior and self.junior.planned,
            mentor=self.mentor and self.mentor.planned,
            out=due.NEVER,
        )


def duos(session: Session, today: date, ids: Collection[int] | None = None) -> list[Duo]:
    """Return every running pair (or these), in a number of queries that does not grow with people."""
    asked = rhythms(session, ids)
    running = list(lookups.active(session, ids))
    persons = None
    if ids is not None:
        persons = _sides(running)
    there = away.presence(session, persons, today)
    failing = mentorships.failing(session, ids)
    found = []
    for pair in running:
        pair_id = id_of(pair)
        sides = of_pair(pair, asked)
        if not sides:
            continue
        junior = there.timetables.get(pair.junior_id)
        mentor = there.timetables.get(pair.mentor_id)
        if SITE in failing.get(pair_id, {}):
            junior = mentor = None
        duo = Duo(
            mentorship_id=pair_id,
            mentor_id=pair.mentor_id,
            junior_id=pair.junior_id,
            rhythms=sides,
            junior=junior,
            mentor=mentor,
            remote=is_remote(pair),
            out=there.out_of_either(pair.junior_id, pair.mentor_id),
            ends_on=pair.ends_on,
        )
        found.append(duo)
    return found


def _sides(pairs: Iterable[Mentorship]) -> set[int]:
    found = set()
    for pair in pairs:
        found.add(pair.mentor_id)
        found.add(pair.junior_id)
    return found


def still_running(session: Session, mentorship_ids: Iterable[int]) -> set[int]:
    """Return which of these pairs run, and hold them so until this transaction ends."""
    found: set[int] = set()
    for ids in chunked(mentorship_ids):
        query = (
            columns(col(Mentorship.id))
            .where(col(Mentorship.id).in_(ids), col(Mentorship.status) == ACTIVE)
            .order_by(col(Mentorship.id))
            .with_for_update()
        )
        found.update(session.scalars(query))
    return found


def due_on(duo: Duo, side: str, settings: CheckInSettings) -> date | None:
    """Return the day on which a side of a pair is due to be asked; None for one that never began."""
    rhythm = duo.rhythms.get(side)
    if rhythm is None:
        return None
    tomorrow = rhythm.last + timedelta(days=1)
    latest = due.days_later(rhythm.last, due.LATEST_DAYS, duo.out)
    met = days_together(
        duo.junior,
        duo.mentor,
        tomorrow,
        (latest - rhythm.last).days,
        duo.remote,
    )
    return due.next_due(
        rhythm.last,
        met,
        rhythm.days(settings),
        out=duo.out,
    )


def next_days(session: Session, found: Collection[Duo], person_id: int, today: date) -> dict[int, date]:
    """Return the day on which somebody is asked next in each of these pairs of theirs; none while check-ins rest."""
    if lacking(session):
        return {}
    kept = settings(session)
    asked_next = {}
    for duo in found:
        side = duo.side_of(person_id)
        day = due_on(duo, side, kept)
        if day is not None:
            soonest = due.on_or_after(max(day, today), duo.out)
            if not duo.is_over(soonest):
                asked_next[duo.mentorship_id] = soonest
    return asked_next


def is_remote(pair: Mentorship) -> bool:
    """Tell whether a pair was made to meet at a distance."""
    return bool(pair.explanation.get("remote"))
