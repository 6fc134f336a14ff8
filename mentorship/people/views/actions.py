"""Verbs on saved views: keep one under a name, remove it."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.base.db import id_of, locked
from mentorship.base.undo import About, Kept, keep, state
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.people.views import queries, rules
from mentorship.people.views.models import SavedView


def save(session: Session, actor: Actor, key: str, name: str, query: str) -> SavedView:
    """Keep a view of a list under a name; one that had this name before is replaced."""
    rules.check_length(query)
    locked(session, Person, actor.person_id)  # one after the other, so that there are never too many
    kept = queries.saved(session, actor.person_id, key)
    before = keep(
        session,
        SavedView,
        person_id=actor.person_id,
        list=key,
        name=name,
    )
    called = {one.name: one for one in kept}
    view = called.get(name)
    if view is None:
        rules.check_room(len(kept))
        view = SavedView(
            person_id=actor.person_id,
            list=key,
            name=name,
            query=query,
        )
    view.query = query
    session.add(view)
    session.flush()
    _state(session, before, "keep view", id_of(view))
    return view


def remove(session: Session, view_id: int) -> SavedView:
    """Remove a view, and return it; the list stays."""
    found = session.get_one(SavedView, view_id)
    before = keep(session, SavedView, id=view_id)
    session.delete(found)
    _state(session, before, "remove view", view_id)
    return found


def _state(session: Session, before: Kept, verb: str, view_id: int) -> None:
    """State that what was done to a view is undone by putting it back."""
    about = About(verb, "saved view", view_id)
    state(session, before, about)
