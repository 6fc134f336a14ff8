"""The yearly pulse on somebody's desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.home import rules
from mentorship.home.rules import Thing
from mentorship.people.access import Actor
from mentorship.pulse import queries


def things(session: Session, actor: Actor, now: datetime) -> Iterator[Thing]:
    """Yield the pulse, while it is open and somebody did not take part."""
    mine = queries.mine(session, actor.person_id, local_date(now))
    if mine is not None and not mine.taken:
        yield Thing(
            rules.PULSE,
            id_of(mine.wave),
            until=mine.wave.closes_on,
        )
