"""Reads of notes: of one request, and how many there are of others."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.i18n import ngettext
from mentorship.people.access import Subject
from mentorship.rounds import queries
from mentorship.rounds.notes.models import RoundNote


def notes(session: Session, round_id: int, request_id: int) -> list[RoundNote]:
    """Return what was noted about a request of a round, the oldest first."""
    query = select(RoundNote).where(
        RoundNote.round_id == round_id,
        RoundNote.request_id == request_id,
    )
    return list(session.exec(query.order_by(col(RoundNote.id))))


def marks(session: Session, round_id: int, request_ids: Collection[int]) -> dict[int, str]:
    """Return by request how many notes there are, in words; of those that have any."""
    query = select(RoundNote.request_id, func.count())
    query = query.where(
        RoundNote.round_id == round_id,
        col(RoundNote.request_id).in_(request_ids),
    )
    rows = session.exec(query.group_by(col(RoundNote.request_id)))
    found = {}
    for request_id, number in rows:
        found[request_id] = ngettext(
            "%(num)s note",
            "%(num)s notes",
            number,
        )
    return found


def note_subject(session: Session, note_id: int) -> Subject | None:
    """Return whose request a note is about."""
    found = session.get(RoundNote, note_id)
    if found is None:
        return None
    return queries.request_subject(session, found.round_id, found.request_id)
