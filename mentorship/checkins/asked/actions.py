"""Verbs of a confidant: that one saw a request, that it is done. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.db import id_of, locked, locking
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.checkins.findings import HELP
from mentorship.checkins.signals.actions import SUBJECT, put_signals_back
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.one_card import requests_alike
from mentorship.people.access import Actor

DONE = "done"


def see(session: Session, actor: Actor, signal_id: int, now: datetime) -> None:
    """Tell who asked that it was seen; saying it twice changes nothing."""
    found = _open(session, signal_id)
    if found.kind != HELP:
        raise Refused(N_("This is not a request for help."))
    if found.seen_at is not None:
        return
    for one in _on_its_card(session, found):
        one.seen_at = now
        audit.record(
            session,
            now,
            actor.person_id,
            "see help",
            SUBJECT,
            one.id,
        )


def finish(session: Session, actor: Actor, signal_id: int, now: datetime) -> None:
    """Have done what was asked; who asked reads that it was seen, if nobody said so before."""
    found = _open(session, signal_id)
    card = _on_its_card(session, found)
    kept = keep(session, Signal, id=[id_of(one) for one in card])
    for one in card:
        one.seen_at = one.seen_at or now
        one.status = DONE
        one.done_at = now
        audit.record(
            session,
            now,
            actor.person_id,
            "close signal",
            SUBJECT,
            one.id,
        )
    state(session, kept, About("close signal", SUBJECT, signal_id), inverse=put_signals_back)


def _open(session: Session, signal_id: int) -> Signal:
    found = locked(session, Signal, signal_id)
    if found is None or found.status == DONE:
        raise Conflict(N_("This was done already."))
    return found


def _on_its_card(session: Session, found: Signal) -> list[Signal]:
    return list(session.exec(locking(requests_alike(found))))
