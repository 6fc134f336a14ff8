"""Verbs on the trainings for mentors that somebody followed. They never commit."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import insert_new
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.profiles import queries, rules
from mentorship.profiles.models import Training


def note_training(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    title: str,
    followed_on: date,
    now: datetime,
) -> None:
    """Note a training for mentors that somebody followed; the same one again changes nothing."""
    rules.check_followed(followed_on, local_date(now))
    if person_id == actor.person_id:
        places = queries.capacity(session, person_id).places
        rules.check_guides(actor.has(access.SENIOR), places)
    same = select(Training.id).where(
        Training.person_id == person_id,
        Training.title == title,
        Training.followed_on == followed_on,
    )
    if session.exec(same).first() is not None:
        return
    noted = {
        "person_id": person_id,
        "title": title,
        "followed_on": followed_on,
        "noted_by": actor.person_id,
        "noted_at": now,
    }
    kept = keep(session, Training, person_id=person_id)
    insert_new(session, Training, [noted])
    audit.record(
        session,
        now,
        actor.person_id,
        "note training",
        "person",
        person_id,
    )
    state(session, kept, About("note training", "person", person_id))


def remove_training(session: Session, actor: Actor, training_id: int, now: datetime) -> int:
    """Take a training off again; return whose it was."""
    found = session.get(Training, training_id)
    if found is None:
        raise Refused(N_("This training course was removed already."))
    person_id = found.person_id
    kept = keep(session, Training, person_id=person_id)
    session.delete(found)
    audit.record(
        session,
        now,
        actor.person_id,
        "remove training",
        "person",
        person_id,
    )
    state(session, kept, About("remove training", "person", person_id))
    return person_id
