"""Verbs on notes: write one, take one's own back. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.db import locked
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.people.access import Actor
from mentorship.rounds.actions import SUBJECT
from mentorship.rounds.models import Round
from mentorship.rounds.notes import queries, rules
from mentorship.rounds.notes.models import RoundNote

GONE = N_("This note was withdrawn already.")
NOTE, TAKE_BACK = "note about request", "withdraw note about request"


def note(session: Session, actor: Actor, round_id: int, request_id: int, *, words: str, now: datetime) -> RoundNote:
    """Note a few words about a request of a round; the same words of the same person stand there once."""
    found = locked(session, Round, round_id)
    assert found is not None
    earlier = queries.notes(session, round_id, request_id)
    for one in earlier:
        if (one.by_id, one.words) == (actor.person_id, words):
            return one
    rules.check_note(found.status, len(earlier))
    kept = keep(session, RoundNote, round_id=round_id, request_id=request_id)
    noted = RoundNote(
        round_id=round_id,
        request_id=request_id,
        by_id=actor.person_id,
        words=words,
        noted_at=now,
    )
    session.add(noted)
    session.flush()
    _record(session, actor, NOTE, noted, now)
    state(session, kept, About(NOTE, SUBJECT, round_id))
    return noted


def take_back(session: Session, actor: Actor, note_id: int, now: datetime) -> RoundNote:
    """Take back what one noted oneself; return it as it was."""
    noted = locked(session, RoundNote, note_id)
    if noted is None:
        raise Conflict(GONE)
    rules.check_take_back(noted.by_id, actor.person_id)
    kept = keep(session, RoundNote, round_id=noted.round_id, request_id=noted.request_id)
    _record(session, actor, TAKE_BACK, noted, now)
    session.delete(noted)
    session.flush()
    state(session, kept, About(TAKE_BACK, SUBJECT, noted.round_id))
    return noted


def _record(session: Session, actor: Actor, verb: str, noted: RoundNote, now: datetime) -> None:
    """Log that something was noted, never what."""
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        noted.round_id,
        request=noted.request_id,
    )
