"""Verbs on codes on paper: make and forget them, and note who made the slip by which something came in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import SLIP
from mentorship.checkins.links import queries
from mentorship.checkins.links.opening import Opened
from mentorship.checkins.models import OPEN, CheckIn, CheckInCode
from mentorship.people.access import Actor
from mentorship.people.account.rules import CODE_DAYS, code_digest, new_code


def make(session: Session, actor: Actor, person_ids: Collection[int], now: datetime) -> list[tuple[CheckIn, str]]:
    """Make a code for each open check-in of these people (an earlier one stops working), to print once.

    Who has mail, or nothing to answer any more, is passed over.
    """
    if not queries.reaches(session, actor, person_ids):
        raise Refused(N_("You hand out codes in your own team only."))
    asked = queries.to_open(session, actor, person_ids, now)
    if not asked:
        raise Refused(N_("None of these people has a check-in waiting any more."))
    _forget(session, asked)
    made = []
    for check_in in asked:
        code = new_code()
        kept = CheckInCode(
            check_in_id=id_of(check_in),
            code_hash=code_digest(code),
            made_by=actor.person_id,
            expires_at=now + timedelta(days=CODE_DAYS),
        )
        session.add(kept)
        made.append((check_in, code))
    for person_id in sorted({check_in.person_id for check_in in asked}):
        audit.record(
            session,
            now,
            actor.person_id,
            "make check-in code",
            "person",
            person_id,
        )
    return made


def _forget(session: Session, asked: Collection[CheckIn]) -> None:
    """Delete the codes of these check-ins."""
    ids = [check_in.id for check_in in asked]
    earlier = delete(CheckInCode).where(
        col(CheckInCode.check_in_id).in_(ids),
    )
    session.exec(earlier)


def note_begun(opened: Opened) -> None:
    """Note by whose slip an answer was given that is not sent yet."""
    opened.check_in.slip_by_id = _maker(opened)


def note_closed(session: Session, opened: Opened, now: datetime) -> None:
    """Note by whose slip a check-in was sent or skipped, and tell its person."""
    found = opened.check_in
    found.slip_by_id = _maker(opened)
    found.slip_seen_at = None
    if found.slip_by_id is None:
        return
    outbox.ask(
        session,
        SLIP,
        found.person_id,
        local_date(now),
        now,
        about=f"{found.id} {token_hex(8)}",
    )


def _maker(opened: Opened) -> int | None:
    """Return who made the slip, if that is another than who answers by it."""
    if opened.slip_by_id == opened.check_in.person_id:
        return None
    return opened.slip_by_id


def purge(session: Session, now: datetime) -> None:
    """Delete the codes that are too old, and those of check-ins that closed."""
    closed = select(CheckIn.id).where(CheckIn.status != OPEN)
    useless = delete(CheckInCode).where(
        or_(
            col(CheckInCode.expires_at) < now,
            col(CheckInCode.check_in_id).in_(closed),
        )
    )
    session.exec(useless)
