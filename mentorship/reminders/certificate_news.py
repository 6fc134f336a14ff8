"""Who is told that a certificate ends: its person, 90 and 30 days before, once each."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.mail_kinds import CERTIFICATE
from mentorship.base.outbox import Ask
from mentorship.growth.certificates import queries, rules


def news(session: Session, now: datetime) -> list[Ask]:
    """Return the mails about certificates that end within three months, each of the reminder that is due."""
    today = local_date(now)
    found = []
    for row in queries.ending(session, today):
        days = rules.stage(row.ends_on, today)
        if days is not None and row.ends_on is not None:
            about = subject(
                row.id,
                days,
                row.ends_on,
            )
            found.append(
                Ask(
                    CERTIFICATE,
                    row.person_id,
                    rules.due_since(row.ends_on, days),
                    about,
                )
            )
    return found


def subject(certificate_id: int | None, days: int, ends_on: date) -> str:
    """Return what a mail is about: which certificate, which of the two reminders, and for which last day."""
    return f"{certificate_id} {days} {ends_on:%Y%m%d}"
