"""Who is told of quick questions: who was asked one, and the other of what one of the two said."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.mail_kinds import QUESTION, QUESTION_SAID
from mentorship.base.outbox import Ask
from mentorship.mentorships.questions import queries
from mentorship.mentorships.questions.models import OPEN, QuickQuestion
from mentorship.mentorships.questions.rules import is_over
from mentorship.reminders.rules import NEWS_LASTS


def news(session: Session, now: datetime) -> list[Ask]:
    """Return the mails about quick questions: one when it is asked, one when it is answered or called off."""
    found = []
    for question in queries.news(session, now - NEWS_LASTS):
        if question.status == OPEN:
            if not is_over(question.asked_at, now):
                day = local_date(question.asked_at)
                found.append(Ask(QUESTION, question.asked_id, day, str(question.id)))
        elif question.closed_by_id is not None:
            found.append(_said(question, question.closed_by_id))
    return found


def _said(question: QuickQuestion, by_id: int) -> Ask:
    moment = question.answered_at or question.asked_at
    return Ask(
        QUESTION_SAID,
        question.other_of(by_id),
        local_date(moment),
        f"{question.id} {question.status}",
    )
