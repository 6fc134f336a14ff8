"""Verbs on saved views: keep one under a name, remove it."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.base.db import locked
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.people.views import queries, rules
from mentorship.people.views.models import SavedView


def save(session: Session, actor: Actor, key: str, name: str, query: str) -> SavedView:
    """Keep a view of a list under a name; one that had this name before is replaced."""
    locked(session, Person, actor.person_id)  # one after the other, so that there are never too many
    kept = queries.saved(session, actor.person_id, key)
    for view in kept:
        if view.name == name:
            view.query = query
            return view
    rules.check_room(len(kept))
    view = SavedView(
        person_id=actor.person_id,
        list=key,
        name=name,
        query=query,
    )
    session.add(view)
    return view


def remove(session: Session, view_id: int) -> None:
    """Remove a view; the list stays."""
    found = session.get_one(SavedView, view_id)
    session.delete(found)
