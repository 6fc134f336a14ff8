"""Reads for the page of a duo: one's own line and answers over time, shifts together, hours noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from mentorship.checkins import queries
from mentorship.checkins.models import ANSWERED, CheckIn
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.together_shifts import days_together
from mentorship.mentorships.hours.models import WorkedWeek

AHEAD = timedelta(weeks=4)
SHOWN_DAYS, SHOWN_CHECK_INS, SHOWN_WEEKS = 5, 6, 8
History = Sequence[tuple[CheckIn, dict[str, int | None]]]


@dataclass(frozen=True)
class Question:
    """One question with its answers, the oldest first: 1 to 5, None where it did not apply, "" where passed over."""

    key: str
    words: dict[str, str]
    answers: list[int | str | None]


def by_question(session: Session, history: History) -> tuple[list[CheckIn], list[Question]]:
    """Return the last check-ins that were answered, and per question what was answered in each."""
    shown = [(row, answers) for row, answers in history if row.status == ANSWERED][-SHOWN_CHECK_INS:]
    if not shown:
        return [], []
    ids = {row.set_id for row, _ in shown}
    sets = {s.id: s.questions for s in session.exec(select(QuestionSet).where(col(QuestionSet.id).in_(ids)))}
    words: dict[str, dict[str, str]] = {}
    for row, _ in shown:  # of a question that was reworded the newest words are shown
        for question in sets[row.set_id][row.side]:
            words[question["key"]] = question
    given = {key: [answers.get(key, "") for _, answers in shown] for key in words}
    return [row for row, _ in shown], [Question(key, words[key], given[key]) for key in words]


def coming_days(found: queries.Duo, today: date) -> list[date]:
    """Return the next days on which a pair works together."""
    return list(days_together(found.junior, found.mentor, today, AHEAD.days, found.remote)[:SHOWN_DAYS])


def hours_noted(session: Session, mentorship_id: int) -> list[tuple[date, Decimal]]:
    """Return the hours that the mentor noted with this junior by week, the newest first."""
    noted = select(WorkedWeek).where(WorkedWeek.mentorship_id == mentorship_id)
    return [
        (row.week, row.hours) for row in session.exec(noted.order_by(col(WorkedWeek.week).desc()).limit(SHOWN_WEEKS))
    ]
