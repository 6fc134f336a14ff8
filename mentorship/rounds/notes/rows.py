"""Notes ready to show: whose each is, from when, and whether the reader wrote it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import moment
from mentorship.people import queries as people
from mentorship.rounds.notes import queries


@dataclass(frozen=True)
class NoteRow:
    """A note: its words, by whom and when, and whether it is the reader's own."""

    id: int
    words: str
    by: str
    at: str
    mine: bool


def rows(session: Session, round_id: int, request_id: int, reader_id: int) -> list[NoteRow]:
    """Return what was noted about a request of a round, the oldest first."""
    found = queries.notes(session, round_id, request_id)
    writers = people.persons(session, [note.by_id for note in found])
    shown = []
    for note in found:
        row = NoteRow(
            id_of(note),
            note.words,
            writers[note.by_id].name,
            moment(note.noted_at),
            note.by_id == reader_id,
        )
        shown.append(row)
    return shown
