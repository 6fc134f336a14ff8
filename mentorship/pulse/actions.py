"""Verbs of the pulse for who fills it in. They never commit, and leave no trace of who answered what."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked, locking
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.people.access import Actor
from mentorship.pulse import queries
from mentorship.pulse.models import PulseBuffer, PulseInvited
from mentorship.pulse.questions import allowed

KEY_BYTES = 16
NOT_YOURS = N_("This pulse is closed, or does not ask you.")


def new_key() -> str:
    """Return a random key, which says nothing of when it was made."""
    return secrets.token_hex(KEY_BYTES)


def answer(session: Session, actor: Actor, said: Mapping[str, str], now: datetime) -> None:
    """Take in what somebody answered, once; the audit log hears nothing of it, for it would say who and when.

    `said`: the answer to each question that was answered. The wave is locked, so that a close waits, or is waited for.
    """
    today = local_date(now)
    opened = locking(queries.open_waves(today))
    wave = session.exec(opened).first()
    if wave is None:
        raise Conflict(NOT_YOURS)
    key = id_of(wave), actor.person_id
    asked = locked(session, PulseInvited, key)
    if asked is None:
        raise Conflict(NOT_YOURS)
    if asked.taken:
        raise Conflict(N_("You took part already. One time counts."))
    _check(said)
    asked.taken = True
    sent = PulseBuffer(
        key=new_key(),
        wave_id=id_of(wave),
        grouped=asked.grouped,
        answers=dict(sorted(said.items())),
    )
    session.add(sent)
    session.flush()


def _check(said: Mapping[str, str]) -> None:
    """Refuse what answers nothing, or something else than was asked."""
    if not said:
        raise Refused(N_("Answer at least one question."))
    for question, value in said.items():
        if value not in allowed(question):
            raise Refused(N_("Choose one of the options."), question)
