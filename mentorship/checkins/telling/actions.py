"""Verb: let somebody know of one's lowest answer. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.checkins import queries as check_ins
from mentorship.checkins.models import CheckIn
from mentorship.checkins.telling import raising
from mentorship.checkins.telling.queries import telling


def let_known(session: Session, check_in_id: int, now: datetime) -> CheckIn:
    """Let a lowest answer of a sent check-in go on as a signal; what it was stays its author's.

    It is not in the log: that somebody gave such an answer is nobody's to read.
    """
    found = check_ins.held(session, check_in_id)
    if found.let_known_at is not None:
        return found
    if telling(session, found, now) is None:
        raise Conflict(N_("There is nothing to tell any more: the answer changed, or this pair has ended."))
    found.let_known_at = now
    session.flush()
    raising.raise_known(session, found, now)
    return found
