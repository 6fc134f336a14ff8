"""Reads about imports: the last ones, and which can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from mentorship.hr_import.imports.models import FOLDER, TAKEN, TakenImport
from mentorship.people.access import Subject
from mentorship.people.models import Person

UNDO_LASTS = timedelta(hours=24)
KEPT = timedelta(days=730)
SHOWN = 50


def last(session: Session, limit: int = SHOWN) -> list[TakenImport]:
    """Return the last imports, the newest first, without their journals."""
    newest = select(TakenImport).order_by(col(TakenImport.id).desc()).limit(limit)
    return list(session.exec(newest.options(defer(col(TakenImport.journal)))))  # type: ignore[arg-type]


def undoable(session: Session, now: datetime) -> int | None:
    """Return the import that may be taken back: the last one taken in, of the last 24 hours."""
    taken = select(TakenImport.id, TakenImport.at, TakenImport.undone_at).where(TakenImport.outcome == TAKEN)
    newest = session.exec(taken.order_by(col(TakenImport.id).desc()).limit(1)).first()
    if newest is None:
        return None
    import_id, at, undone_at = newest
    return import_id if undone_at is None and at > now - UNDO_LASTS else None


def import_subject(session: Session, import_id: int) -> Subject | None:
    """Return nobody's, for an import is of the company; None when there was none."""
    found = select(TakenImport.id).where(TakenImport.id == import_id)
    return None if session.exec(found).first() is None else Subject()


def names(session: Session, imports: Iterable[TakenImport]) -> dict[int, str]:
    """Return who took these in, or back."""
    ids: set[int | None] = set()
    for one in imports:
        ids.update((one.taken_by, one.undone_by))
    ids.discard(None)
    people = select(Person).where(col(Person.id).in_(ids))
    found = {}
    for person in session.exec(people):
        assert person.id is not None
        found[person.id] = person.name
    return found


def last_dropped(session: Session) -> frozenset[str]:
    """Return what marks the files that lay in the folder when the last of them were taken in."""
    dropped = select(TakenImport.summary).where(
        TakenImport.origin == FOLDER,
        TakenImport.outcome == TAKEN,
    )
    newest = dropped.order_by(col(TakenImport.id).desc())
    summary = session.exec(newest.limit(1)).first() or {}
    return frozenset(summary.get("dropped", ()))
