"""What happens to quick questions when somebody leaves. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.mentorships.questions import actions, queries
from mentorship.mentorships.questions.models import LAPSED, OFF, OPEN
from mentorship.people.models import Person


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Let what is open with who left lapse, and call off what was still to come."""
    for found in queries.unfinished(session, id_of(leaver)):
        if found.status == OPEN:
            actions.close(found, LAPSED, now)
        elif found.day is None or found.day > (leaver.last_day or local_date(now)):
            actions.close(found, OFF, now)
        else:
            continue
        actions.note(session, None, found, "let a quick question lapse", now)
