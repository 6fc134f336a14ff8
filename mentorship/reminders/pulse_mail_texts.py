"""What the mails say that ask somebody to fill in the pulse. Never what anybody answered: nobody knows."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, long_day
from mentorship.base.outbox import OutboxRow
from mentorship.pulse import queries
from mentorship.reminders.mail_texts import Told


def asked(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Ask somebody, unless they took part already or the wave closed."""
    subject = gettext("A minute of questions about learning from each other")
    once = gettext("Half-way we remind you once, if you did not answer by then.")
    return _told(session, row, now, subject, once)


def asked_again(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Remind somebody, unless they took part already or the wave closed."""
    subject = gettext("There is still time: a minute of questions")
    last = gettext("Rather not? That is fine, and nobody sees it. We do not remind you again.")
    return _told(session, row, now, subject, last)


def _told(session: Session, row: OutboxRow, now: datetime, subject: str, reminding: str) -> Told:
    mine = queries.mine(session, row.recipient_id, local_date(now))
    if mine is None or mine.taken or str(mine.wave.id) != row.about:
        return None
    last = long_day(mine.wave.closes_on)
    return {
        "subject": subject,
        "link": "/pulse",
        "button": gettext("Answer the questions"),
        "sentences": [
            gettext("Is there time to learn, and to help new colleagues? We ask everybody, once a year."),
            gettext("It is anonymous: your answers are kept without your name, and nobody can look them up."),
            gettext("You can answer until %(day)s.", day=last) + f" {reminding}",
        ],
    }
