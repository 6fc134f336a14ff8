"""What the mail says that tells somebody that a certificate of theirs ends."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, long_day, ngettext
from mentorship.base.outbox import OutboxRow
from mentorship.growth.certificates import queries
from mentorship.growth.certificates.words import ending
from mentorship.reminders.mail_texts import Told


def ends(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell that a certificate ends, unless it was renewed, changed or removed meanwhile."""
    certificate_id, _days, day = row.about.split()
    today = local_date(now)
    mine = queries.ending(
        session,
        today,
        row.recipient_id,
    )
    found = [one for one in mine if str(one.id) == certificate_id and f"{one.ends_on:%Y%m%d}" == day]
    if not found or found[0].ends_on is None:
        return None
    ends_on = found[0].ends_on
    left = (ends_on - today).days
    title = queries.titles(session)[found[0].kind_id]
    return {
        "subject": gettext("A certificate of yours ends on %(day)s", day=long_day(ends_on)),
        "link": "/growth/held/mine",
        "button": gettext("See my certificates"),
        "sentences": [
            ending(title, ends_on),
            ngettext(
                "That is in %(num)s day.",
                "That is in %(num)s days.",
                left,
            ),
            gettext("Plan a new one in time with your manager. Got it already? Add it, and we remind you no more."),
        ],
    }
