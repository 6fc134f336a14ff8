"""Reads of saved views: one's own, of one list."""

from __future__ import annotations

from sqlmodel import Session, col, select

from mentorship.people.access import Subject
from mentorship.people.views.models import SavedView


def saved(session: Session, person_id: int, key: str) -> list[SavedView]:
    """Return the views of a list that somebody keeps, the oldest first."""
    theirs = select(SavedView).where(
        SavedView.person_id == person_id,
        SavedView.list == key,
    )
    return list(session.exec(theirs.order_by(col(SavedView.id))))


def view_subject(session: Session, view_id: int) -> Subject | None:
    """Return whose view it is."""
    found = session.get(SavedView, view_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))
