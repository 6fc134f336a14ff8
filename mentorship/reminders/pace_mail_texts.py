"""What the mails tell when a junior gets more time: the two of their goals, who plans their work of no goal at all."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, ngettext
from mentorship.base.outbox import OutboxRow
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.reminders.mail_texts import Told


def slower(session: Session, pair: Mentorship, weeks: int, by_id: int) -> Told:
    """Tell one of the two that the days of the goals moved, and who arranged it."""
    by = session.get(Person, by_id)
    if by is None:
        return None
    said = ngettext(
        "The goals of your pair get %(num)s week more: their days moved along.",
        "The goals of your pair get %(num)s weeks more: their days moved along.",
        weeks,
    )
    return {
        "subject": gettext("There is more time for the goals"),
        "link": f"/mentorships/{pair.id}/goals/pace",
        "button": gettext("See the pace"),
        "sentences": [
            said,
            gettext("%(name)s arranged this.", name=by.name),
            gettext("Does another day suit you better? Then choose it together."),
        ],
    }


def more_time(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell who plans the work of a junior that they get more time, and nothing else."""
    pair_id, what, _moment, _by = row.about.split()
    pair = session.get(Mentorship, int(pair_id))
    if pair is None or not pair.runs:
        return None
    junior = session.get_one(Person, pair.junior_id)
    weeks = int(what.partition(":")[2])
    said = ngettext(
        "%(name)s gets %(num)s week more to learn the work.",
        "%(name)s gets %(num)s weeks more to learn the work.",
        weeks,
        name=junior.name,
    )
    return {
        "subject": gettext("%(name)s gets more time", name=junior.name),
        "link": "/week",
        "button": gettext("To the week of my team"),
        "sentences": [
            said,
            gettext("Plan work that is new to them accordingly."),
        ],
    }
