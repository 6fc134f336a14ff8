"""What mails tell of quick questions: that there is one, and what became of it. Never its words."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext, long_day
from mentorship.base.outbox import OutboxRow
from mentorship.mentorships.questions import rules
from mentorship.mentorships.questions.models import NO, OFF, OPEN, YES, QuickQuestion
from mentorship.people.models import Person
from mentorship.reminders.mail_texts import Told


def asked(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell somebody that a colleague asks them something, as long as they can answer."""
    found = session.get(QuickQuestion, int(row.about))
    if found is None or found.status != OPEN or rules.is_over(found.asked_at, now):
        return None
    name = session.get_one(Person, found.asker_id).name
    subject = gettext("%(name)s asks you a quick question", name=name)
    if found.along:
        subject = gettext("%(name)s would like to walk along with you for one shift", name=name)
    until = day(rules.lapses_on(local_date(found.asked_at)))
    return {
        "subject": subject,
        "link": f"/questions/{found.id}",
        "button": gettext("Read it and say yes or no thanks"),
        "sentences": [
            gettext("You chose that colleagues may find you. Only you two can read the question."),
            gettext("It takes no place. Nobody asks why you say no; on %(day)s it lapses by itself.", day=until),
        ],
    }


def said(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell one of the two what the other said, as long as it still stands so."""
    question_id, _, status = row.about.partition(" ")
    found = session.get(QuickQuestion, int(question_id))
    if found is None or found.status != status:
        return None
    name = session.get_one(Person, found.other_of(row.recipient_id)).name
    told = {
        YES: _yes,
        NO: _no,
        OFF: _off,
    }
    subject, sentences = told[status](found, name)
    return {
        "subject": subject,
        "link": f"/questions/{found.id}",
        "button": gettext("See the question"),
        "sentences": sentences,
    }


Words = tuple[str, list[str]]


def _yes(found: QuickQuestion, name: str) -> Words:
    subject = gettext("%(name)s says yes to your question", name=name)
    if found.day is None:
        return subject, [gettext("On its page you read how to find each other.")]
    when = gettext("You walk along on %(day)s. It counts as work time.", day=long_day(found.day))
    return subject, [when, gettext("Can you not come? Say so on the page of the question.")]


def _no(_found: QuickQuestion, name: str) -> Words:
    subject = gettext("%(name)s cannot help with your question this time", name=name)
    return subject, [
        gettext("Nobody asks why, and neither need you."),
        gettext("You can ask somebody else, or ask for a mentor."),
    ]


def _off(found: QuickQuestion, name: str) -> Words:
    subject = gettext("The shift along with %(name)s does not go ahead", name=name)
    when = gettext("It was planned on %(day)s.", day=long_day(found.day)) if found.day else ""
    again = gettext("You can ask each other again.")
    return subject, [sentence for sentence in (when, again) if sentence]
