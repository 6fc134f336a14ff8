"""Which check-in a signed link or a code on paper opens, and who made that code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import links
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.checkins.links import rules
from mentorship.checkins.models import OPEN, CheckIn, CheckInCode
from mentorship.people import queries as people
from mentorship.people.account.rules import code_digests
from mentorship.people.models import Person


@dataclass(frozen=True)
class Opened:
    """A check-in, maybe closed by now, and who made the slip that opens it; None when it is a link in a mail."""

    check_in: CheckIn
    slip_by_id: int | None = None


def of_token(session: Session, settings: Settings, token: str, now: datetime) -> Opened | None:
    """Return what a signed link opens, or the address that a code opened.

    None when we did not sign it or it is too old; `Replaced` when the code behind it does not stand any more.
    """
    number = links.read(
        settings,
        rules.LINK_PURPOSE,
        token,
        now,
        rules.LINK_LASTS,
    )
    if isinstance(number, int):
        return _of_link(session, number, now)
    code_hash = links.read(
        settings,
        rules.CODE_PURPOSE,
        token,
        now,
        rules.CODE_LASTS,
    )
    if not isinstance(code_hash, str):
        return None
    found = _of_code(session, [code_hash], now)
    if found is None:
        raise rules.Replaced
    return found


def _of_link(session: Session, check_in_id: int, now: datetime) -> Opened | None:
    """Return the check-in of a signed link, whose author is still here."""
    found = session.get(CheckIn, check_in_id)
    if found is None:
        return None
    author = session.get_one(Person, found.person_id)
    return None if author.is_gone(local_date(now)) else Opened(found)


def opened_by(session: Session, typed: str, now: datetime) -> CheckIn | None:
    """Return the open check-in that a code opens; None for a code unknown, too old, replaced, or done with."""
    found = _of_code(session, code_digests(typed), now)
    if found is None or found.check_in.status != OPEN:
        return None
    return found.check_in


def kept_of(session: Session, typed: str) -> str:
    """Return what is kept of a code that opens something."""
    query = select(CheckInCode.code_hash).where(col(CheckInCode.code_hash).in_(code_digests(typed)))
    return session.exec(query).one()


def _of_code(session: Session, kept: Sequence[str], now: datetime) -> Opened | None:
    """Return the check-in of a code that still stands; None for one too old or replaced."""
    query = (
        select(CheckIn, CheckInCode.made_by)
        .join(
            CheckInCode,
            col(CheckInCode.check_in_id) == CheckIn.id,
        )
        .join(
            Person,
            col(Person.id) == CheckIn.person_id,
        )
        .where(
            col(CheckInCode.code_hash).in_(kept),
            col(CheckInCode.expires_at) > now,
            people.is_here(local_date(now)),
        )
    )
    found = session.exec(query).first()
    return None if found is None else Opened(*found)
