"""What tells somebody that another filled in when they are away: the days, by whom, and how to change them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, long_day
from mentorship.base.outbox import OutboxRow
from mentorship.people.models import Person
from mentorship.profiles.away.models import Away
from mentorship.reminders.mail_texts import Told


def filled_in(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell from when until when; None when it was taken back or changed since."""
    entry = session.get(Away, int(row.about))
    if entry is None or entry.person_id != row.recipient_id:
        return None
    days = {
        "first": long_day(entry.first_day),
        "last": long_day(entry.last_day),
    }
    by = session.get(Person, entry.entered_by_id or 0)
    said = gettext("It was filled in that you are away from %(first)s until %(last)s.", **days)
    if by is not None:
        said = gettext(
            "%(name)s filled in that you are away from %(first)s until %(last)s.",
            name=by.name,
            **days,
        )
    return {
        "subject": gettext("You are away from %(first)s until %(last)s", **days),
        "link": "/away",
        "button": gettext("Look or change"),
        "sentences": [
            said,
            gettext("Until you are back nothing is asked of you. Only you see these days, and no reason is kept."),
        ],
    }
