"""What mails tell of the waiting list: to a mentor that a place is asked for, to coordinators that one came free."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, ngettext
from mentorship.base.outbox import OutboxRow
from mentorship.people.access import COORDINATOR
from mentorship.people.queries import roles_of
from mentorship.reminders.mail_texts import Told
from mentorship.rounds.waiting import asking, queries


def place_asked(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell a mentor that people wait for a place with them, without names, and what one more brings."""
    asked = queries.open_asks(session, row.recipient_id)
    if not asked:
        return None
    newest = asked[-1]
    return {
        "subject": gettext("Do you have a place for somebody who waits?"),
        "link": "/waiting/asked",
        "button": gettext("Look and say yes or not now"),
        "sentences": [
            f"{asking.waiting(newest.waiting)}.",
            asking.gain(newest.gain),
            gettext("Not now is fine too, without a reason. You are not asked again for four weeks."),
        ],
    }


def came_free(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell a coordinator that places came free while people wait who can have them."""
    if COORDINATOR not in roles_of(session, row.recipient_id):
        return None
    found = queries.came_free(session, now)
    if not found:
        return None
    number = len(found)
    return {
        "subject": ngettext(
            "A place came free",
            "Places came free with %(num)s mentors",
            number,
        ),
        "link": "/waiting?find=some",
        "button": gettext("See who can have it"),
        "sentences": [
            gettext("Somebody on the waiting list can have it now."),
            gettext("Pair them at once, or let the next round do it."),
        ],
    }
