"""What mails tell that are about one last day alone: to who leaves, that it was withdrawn, that a helper is gone."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, long_day
from mentorship.base.outbox import OutboxRow
from mentorship.people.models import NAMELESS, Person
from mentorship.reminders.leaving import about_whom, filled_in_by
from mentorship.reminders.mail_texts import Told


def last_day(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell who leaves of their own last day, and who filled it in."""
    person_id, day = about_whom(row)
    leaver = session.get(
        Person,
        person_id,
    )
    if leaver is None or leaver.last_day != day:
        return None
    by = filled_in_by(
        session,
        person_id,
    )
    told = {"day": long_day(day)}
    said = gettext(
        "It was filled in that your last working day is %(day)s.",
        **told,
    )
    if by is not None:
        said = gettext(
            "%(name)s filled in that your last working day is %(day)s.",
            name=by.name,
            **told,
        )
    return {
        "subject": gettext("Your last working day: %(day)s", **told),
        "link": "/",
        "button": gettext("Go to Leermaat"),
        "sentences": [
            said,
            gettext("Until then nothing changes. After that day you can no longer sign in, and your pairs end."),
            gettext("Is this not right? Say so as soon as you can."),
        ],
    }


def helper_left(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell somebody that whom they asked for help left before it was settled; nobody else hears that they asked."""
    person_id, pair_id = row.about.split(" ")
    helper = session.get(Person, int(person_id))
    subject = gettext("Whom you asked for help left")
    said = gettext("Whom you asked for help left, and nobody else reads what you asked.")
    if helper is not None and not helper.number.startswith(NAMELESS):
        subject = gettext("%(name)s, whom you asked for help, left", name=helper.name)
        said = gettext(
            "You asked %(name)s for help. %(name)s left, and nobody else reads what you asked.", name=helper.name
        )
    return {
        "subject": subject,
        "link": f"/mentorships/{pair_id}",
        "button": gettext("Go to your pair"),
        "sentences": [
            said,
            gettext("Do you still want help? You can ask somebody else with your next check-in."),
        ],
    }


def stays(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell who heard that somebody leaves that it was taken back."""
    person_id, _day = about_whom(row)
    leaver = session.get(
        Person,
        person_id,
    )
    if leaver is None or leaver.last_day is not None:
        return None
    subject = gettext(
        "%(name)s stays",
        name=leaver.name,
    )
    said = gettext(
        "The last working day of %(name)s was withdrawn. Nothing changes.",
        name=leaver.name,
    )
    if row.recipient_id == person_id:
        subject = gettext("Your last working day was withdrawn")
        said = gettext("You stay with Leermaat as you were. Nothing changes.")
    return {
        "subject": subject,
        "link": "/",
        "button": gettext("Go to Leermaat"),
        "sentences": [said],
    }
