"""Reads for the page of a duo: one's own line and answers over time, shifts together, hours noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.checkins import queries as check_ins
from mentorship.checkins.models import ANSWERED, CheckIn
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.together_shifts import days_together
from mentorship.mentorships.hours.models import WorkedWeek

AHEAD = timedelta(weeks=4)
SHOWN_DAYS, SHOWN_CHECK_INS, SHOWN_WEEKS = 5, 6, 8
History = Sequence[tuple[CheckIn, dict[str, int | None]]]


@dataclass(frozen=True)
class AnsweredQuestion:
    """One question with its answers, the oldest first: 1 to 5, None where it did not apply, "" where passed over."""

    key: str
    words: dict[str, str]
    answers: list[int | str | None]


def answered(history: History) -> History:
    """Return the last check-ins that were answered, the oldest first."""
    found = []
    for row, answers in history:
        if row.status == ANSWERED:
            found.append((row, answers))
    return found[-SHOWN_CHECK_INS:]


def by_question(session: Session, history: History) -> list[AnsweredQuestion]:
    """Return per question what was answered in each of these check-ins; a reworded one in its newest words."""
    words = {}
    sets = _sets(session, history)
    for row, _ in history:
        for question in sets[row.set_id][row.side]:
            words[question["key"]] = question
    found = []
    for key, question in words.items():
        given = []
        for _, answers in history:
            answer = answers.get(key, "")
            given.append(answer)
        asked = AnsweredQuestion(key, question, given)
        found.append(asked)
    return found


def _sets(session: Session, history: History) -> dict[int, dict[str, list[dict[str, str]]]]:
    """Return the questions of both sides by the set that these check-ins were asked by."""
    ids = {row.set_id for row, _ in history}
    if not ids:
        return {}
    query = select(QuestionSet).where(
        col(QuestionSet.id).in_(ids),
    )
    found = {}
    for row in session.exec(query):
        found[id_of(row)] = row.questions
    return found


def coming_days(found: check_ins.Duo, today: date) -> list[date]:
    """Return the next days on which a pair works together."""
    days = days_together(
        found.junior,
        found.mentor,
        today,
        AHEAD.days,
        found.remote,
    )
    first = days[:SHOWN_DAYS]
    return list(first)


def hours_noted(session: Session, mentorship_id: int) -> list[tuple[date, Decimal]]:
    """Return the hours that the mentor noted with this junior by week, the newest first."""
    query = (
        select(WorkedWeek)
        .where(WorkedWeek.mentorship_id == mentorship_id)
        .order_by(col(WorkedWeek.week).desc())
        .limit(SHOWN_WEEKS)
    )
    return [(noted.week, noted.hours) for noted in session.exec(query)]
