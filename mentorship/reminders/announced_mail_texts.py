"""What the mails about announced pairs tell to who may object."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, long_day, ngettext
from mentorship.base.outbox import OutboxRow
from mentorship.reminders.mail_texts import Told
from mentorship.rounds.announcing.pending import waiting_for
from mentorship.rounds.announcing.rules import day_of


def announced(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell that pairs of one's team are about to begin, and until when one may object."""
    return _told(session, row, now, soon=False)


def object_soon(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Remind of the pairs about which nothing was said yet."""
    return _told(session, row, now, soon=True)


def _told(session: Session, row: OutboxRow, now: datetime, *, soon: bool) -> Told:
    waiting = waiting_for(session, row.recipient_id, now)
    if not waiting:
        return None
    number = len(waiting)
    ends = [one.ends for pair in waiting for one in pair.of(row.recipient_id) if one.said is None]
    subject = ngettext(
        "Look at %(num)s pair of your team",
        "Look at %(num)s pairs of your team",
        number,
    )
    if soon:
        subject = gettext("Reminder: %(subject)s", subject=subject)
    return {
        "subject": subject,
        "link": "/announcing",
        "button": ngettext("See the pair", "See the pairs", number),
        "sentences": [
            ngettext(
                "%(num)s pair with somebody of your team is about to begin. You can object before it does.",
                "%(num)s pairs with somebody of your team are about to begin. You can object before they do.",
                number,
            ),
            gettext("You can object until and including %(day)s.", day=long_day(day_of(min(ends)))),
            gettext("If you say nothing, that counts as consent. While you are away it does not."),
        ],
    }
