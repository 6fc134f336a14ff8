"""Whom the open wave of the pulse asks by mail: everybody once, and once again half-way who did not answer."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.mail_kinds import PULSE, PULSE_AGAIN
from mentorship.base.outbox import Ask
from mentorship.pulse import queries, rules


def news(session: Session, now: datetime) -> list[Ask]:
    """Return the mails of the open wave: the first one, and from half-way the reminder."""
    today = local_date(now)
    wave = queries.open_wave(session, today)
    if wave is None:
        return []
    about = str(id_of(wave))
    found = []
    for one in queries.invited(session, id_of(wave)):
        if one.taken:
            continue
        again = rules.reminded_on(wave.opens_on, wave.closes_on, one.invited_on)
        if again is None or today < again:
            found.append(Ask(PULSE, one.person_id, one.invited_on, about))
        else:
            found.append(Ask(PULSE_AGAIN, one.person_id, again, about))
    return found
