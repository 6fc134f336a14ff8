"""Whether somebody is at a round that is to be solved; when nobody is seen, it says since when, and what happens."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from mentorship.base import heartbeat
from mentorship.base.i18n import gettext, moment
from mentorship.rounds import rules
from mentorship.rounds.models import Round

LIVES_WITHIN = timedelta(minutes=3)
"""A worker that lives beats three times a minute; of one that was silent for longer it is said."""


def told(session: Session, found: Round, now: datetime) -> str:
    """Say that nobody works on a round that is to be solved; "" while somebody does."""
    if found.claimed_at is None or found.renewed_at is None:
        return _waits(session, now)
    if now - found.renewed_at <= rules.LEASE:
        return ""
    return gettext(
        "Nobody has worked on this since %(moment)s: what finds pairs stopped, or the computer is very busy. It begins"
        " anew by itself; nothing was lost. If this stays here, tell the admin that the worker does not run.",
        moment=moment(found.renewed_at),
    )


def _waits(session: Session, now: datetime) -> str:
    """Say that no worker takes it up, if none was seen for a while."""
    seen = heartbeat.last(session, heartbeat.MAIL)
    if seen is None:
        return gettext(
            "This round waits: what finds pairs was never seen at work here. If this stays here, tell the admin that"
            " the worker does not run."
        )
    if now - seen <= LIVES_WITHIN:
        return ""
    return gettext(
        "This round waits: what finds pairs was last seen at work at %(moment)s. It is taken up by itself when that"
        " works again. If this stays here, tell the admin that the worker does not run.",
        moment=moment(seen),
    )
