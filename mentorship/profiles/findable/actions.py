"""Verb: say that colleagues may find one, or no longer. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.db import locked
from mentorship.base.undo import About, keep, state
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles.findable.models import Findable

VERB = "choose to be found"


def be_found(session: Session, actor: Actor, *, found: bool, now: datetime) -> None:
    """Let colleagues find one by what one passes on, or no longer; said twice it is said once."""
    me = actor.person_id
    locked(session, Person, me)
    kept = keep(session, Findable, person_id=me)
    row = session.get(Findable, me)
    if found and row is None:
        session.add(Findable(person_id=me, said_at=now))
    elif row is not None and not found:
        session.delete(row)
    else:
        return
    session.flush()
    audit.record(
        session,
        now,
        me,
        VERB,
        "person",
        me,
    )
    state(session, kept, About(VERB, "person", me))
