"""Reads on what somebody can undo."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.base.undo import UndoRow
from mentorship.people.access import Subject


def subject(session: Session, undo_id: int) -> Subject | None:
    """Return whose it is to undo."""
    found = session.get(UndoRow, undo_id)
    if found is None:
        return None
    return Subject(owners=frozenset({found.person_id}))
