"""What somebody can do on a shared tablet: answer open check-ins, note hours with juniors."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.checkins import titles
from mentorship.mentorships.hours import queries as hours
from mentorship.people.kiosk.ways import Waiting


def waits(session: Session, person_id: int, now: datetime) -> list[Waiting]:
    """Return what somebody can do on a shared tablet, what still has to be done first."""
    found = []
    for check_in_id, title in titles.waiting(session, person_id):
        asked = Waiting(
            "checkins.show",
            {"check_in_id": check_in_id},
            title,
            waits=True,
        )
        found.append(asked)
    if hours.led(session, person_id):
        weeks = hours.weeks_to_note(session, person_id, local_date(now))
        noting = Waiting(
            "hours.index",
            {},
            gettext("Did you work together?"),
            waits=weeks > 0,
        )
        found.append(noting)
    return found
