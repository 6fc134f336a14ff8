"""Reads for the page of a duo: one's own answers over time, shifts together, hours noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.checkins import queries as check_ins
from mentorship.checkins import standings
from mentorship.checkins.asking import among
from mentorship.checkins.balance import SettledCheckIn
from mentorship.checkins.due import days_later
from mentorship.checkins.models import ANSWERED, CheckIn
from mentorship.checkins.settings.queries import question_sets, wordings
from mentorship.checkins.together_shifts import days_together, times_together
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.hours.rules import WEEK, ran, week_of
from mentorship.mentorships.models import Mentorship

AHEAD = timedelta(weeks=4)
SHOWN_SHIFTS, SHOWN_CHECK_INS, SHOWN_WEEKS = 4, 6, 8
History = Sequence[tuple[CheckIn, dict[str, int | None]]]


@dataclass(frozen=True)
class AnsweredQuestion:
    """One question with its answers, the oldest first: 1 to 5, None where it did not apply, "" where passed over."""

    key: str
    words: dict[str, str]
    answers: list[int | str | None]


@dataclass(frozen=True)
class NotedWeek:
    """A week of a pair: the hours noted (None: not yet), and those that the rosters foresee."""

    monday: date
    hours: Decimal | None
    foreseen: Decimal


def answered(history: History) -> History:
    """Return the last check-ins that were answered, the oldest first."""
    found = []
    for row, answers in history:
        if row.status == ANSWERED:
            found.append((row, answers))
    return found[-SHOWN_CHECK_INS:]


def settled(session: Session, history: History) -> list[SettledCheckIn]:
    """Return closed check-ins as their balance is computed from, each with the words it was asked in."""
    worded = wordings(session)
    found = []
    for row, given in history:
        one = standings.settled(row, given, worded[row.set_id, row.side])
        found.append(one)
    return found


def by_question(session: Session, history: History) -> list[AnsweredQuestion]:
    """Return per question what was answered in each of these check-ins; each under the words it was given to."""
    found: dict[tuple[str, str], AnsweredQuestion] = {}
    sets = question_sets(session)
    for number, (row, answers) in enumerate(history):
        for question in among(sets[row.set_id].questions[row.side], row.asked):
            key = question["key"]
            asked = found.setdefault(
                (key, question["nl"]),
                AnsweredQuestion(key, question, [""] * len(history)),
            )
            asked.answers[number] = answers.get(key, "")
    return list(found.values())


@dataclass(frozen=True)
class Shift:
    """A stretch of time in which a pair is at work together."""

    begin: datetime
    end: datetime

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return local_date(self.begin)


def coming_shifts(found: check_ins.Duo, now: datetime) -> list[Shift]:
    """Return when a pair works together next, within four weeks of which the days out do not count."""
    today = local_date(now)
    until = days_later(today, AHEAD.days, found.out)
    days = days_together(
        found.junior,
        found.mentor,
        today,
        (until - today).days,
        found.remote,
    )
    shifts: list[Shift] = []
    for day in days:
        if len(shifts) >= SHOWN_SHIFTS or found.is_over(day):
            break
        stretches = times_together(
            found.junior,
            found.mentor,
            day,
            found.remote,
        )
        shifts += [Shift(begin, end) for begin, end in stretches if end > now]
    return shifts[:SHOWN_SHIFTS]


def weeks_noted(session: Session, pair: Mentorship, today: date) -> list[NotedWeek]:
    """Return the last weeks that a pair ran, the oldest first: this one only once something was noted for it."""
    noted = _noted(session, id_of(pair))
    last = week_of(min(today, pair.ended_on or today))
    mondays = []
    for back in reversed(range(SHOWN_WEEKS + 1)):
        monday = last - WEEK * back
        if monday in noted or (monday < last and ran(pair.started_on, monday)):
            mondays.append(monday)
    shown = mondays[-SHOWN_WEEKS:]
    foreseen = hours.foreseen(session, pair, shown)
    weeks = []
    for monday in shown:
        week = NotedWeek(
            monday,
            noted.get(monday),
            foreseen[monday] or Decimal(0),
        )
        weeks.append(week)
    return weeks


def _noted(session: Session, mentorship_id: int) -> dict[date, Decimal]:
    query = (
        select(WorkedWeek)
        .where(WorkedWeek.mentorship_id == mentorship_id)
        .order_by(col(WorkedWeek.week).desc())
        .limit(SHOWN_WEEKS)
    )
    return {noted.week: noted.hours for noted in session.exec(query)}
