"""The verb that lowers what a mentor carries. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.people.access import Actor
from mentorship.profiles.filled import actions as filled
from mentorship.profiles.models import Capacity

FEWER = N_("Choose fewer than there are now.")


def fewer_places(session: Session, actor: Actor, mentor_id: int, places: int, now: datetime) -> int:
    """Let a mentor offer fewer places, with the hours as they were; return how many fewer. They read who did so."""
    offer = locked(session, Capacity, mentor_id)
    before = offer.places if offer is not None else 0
    if offer is None or places >= before:
        raise Refused(FEWER, field="places")
    filled.give_places(
        session,
        actor,
        mentor_id,
        places,
        offer.hours,
        now,
    )
    return before - places
