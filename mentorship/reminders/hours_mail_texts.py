"""What the mail says that asks a manager again to confirm hours."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, ngettext
from mentorship.base.outbox import OutboxRow
from mentorship.insight.queries import count_waiting
from mentorship.people.access import COORDINATOR, MANAGER
from mentorship.people.queries import roles_of
from mentorship.reminders.mail_texts import Told

WAIT = "/insight/workload?state=waits"
OWN_WAIT = f"{WAIT}&line=own"


def again(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Ask a manager for an answer about all the hours that still wait for them; none when all were answered."""
    roles = roles_of(session, row.recipient_id)
    number = count_waiting(session, row.recipient_id)
    if MANAGER not in roles or not number:
        return None
    asked = ngettext(
        "The hours of %(num)s mentor in your team wait for your answer. Until then they do not count.",
        "The hours of %(num)s mentors in your team wait for your answer. Until then they do not count.",
        number,
    )
    return {
        "subject": ngettext(
            "The hours of %(num)s mentor wait for you",
            "The hours of %(num)s mentors wait for you",
            number,
        ),
        "link": OWN_WAIT if COORDINATOR in roles else WAIT,
        "button": gettext("See the hours"),
        "sentences": [
            asked,
            gettext("You can confirm all hours, fewer, or none. You read what follows before you choose."),
        ],
    }
