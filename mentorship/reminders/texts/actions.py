"""Verbs on texts that are kept: keep one, change it, remove it. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit, undo
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About
from mentorship.people.access import Actor
from mentorship.reminders.texts import queries
from mentorship.reminders.texts.models import KeptText
from mentorship.reminders.texts.rules import Both

SUBJECT = "kept text"
TAKEN = N_("There is a text of this name already. Choose another name.")


def keep(session: Session, actor: Actor, name: str, both: Both, now: datetime) -> KeptText:
    """Keep words under a name, to write with again."""
    _check(session, name)
    made = KeptText.model_validate({"name": name, "kept_at": now, **both.columns})
    session.add(made)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "keep text",
        SUBJECT,
        id_of(made),
        name=name,
    )
    return made


def _check(session: Session, name: str, but_id: int | None = None) -> None:
    if queries.is_taken(session, name, but_id):
        raise Refused(TAKEN, "name")


def change(
    session: Session,
    actor: Actor,
    text_id: int,
    name: str,
    both: Both,
    now: datetime,
) -> KeptText:
    """Change a text, or its name; what was written with it before stays as it is."""
    found = queries.held(session, text_id)
    _check(session, name, text_id)
    kept = undo.keep(session, KeptText, id=text_id)
    found.sqlmodel_update({"name": name, **both.columns})
    session.flush()
    verb = "change text"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        text_id,
        name=name,
    )
    undo.state(session, kept, About(verb, SUBJECT, text_id))
    return found


def remove(session: Session, actor: Actor, text_id: int, now: datetime) -> str:
    """Remove a text; return its name."""
    found = queries.held(session, text_id)
    name = found.name
    kept = undo.keep(session, KeptText, id=text_id)
    session.delete(found)
    session.flush()
    verb = "remove text"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        text_id,
        name=name,
    )
    undo.state(
        session,
        kept,
        About(verb, SUBJECT, text_id),
        anew=True,
    )
    return name
