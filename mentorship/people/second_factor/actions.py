"""Verbs of the second factor: begin, confirm, use a code, turn off, sign in half. They never commit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import SECOND_FACTOR
from mentorship.base.secret_codes import digest
from mentorship.people.access import Actor
from mentorship.people.second_factor import rules
from mentorship.people.second_factor.models import HalfSignIn, RecoveryCode, SecondFactor

WRONG = N_("This code does not fit, or it was used already. Wait for the next one in your app.")
NOT_BEGUN = N_("Begin with the QR code: there is nothing to confirm yet.")
ON_ALREADY = N_("Your second factor is on already.")
NONE = N_("There is no second factor to turn off.")
ON, OFF, USED_PAPER, RESET = "on", "off", "paper", "reset"
"""What the mail tells."""


def begin(session: Session, actor: Actor, keys: Sequence[str], now: datetime) -> None:
    """Make a new secret, to be confirmed by a code of the app that took it up; one that is on stays as it is."""
    found = session.get(SecondFactor, actor.person_id)
    if found is None:
        found = SecondFactor(person_id=actor.person_id, secret="", begun_at=now)
    if found.confirmed_at is not None:
        raise Refused(ON_ALREADY)
    found.secret = rules.sealed(rules.new_secret(), keys)
    found.begun_at = now
    session.add(found)


def confirm(session: Session, actor: Actor, typed: str, keys: Sequence[str], now: datetime) -> list[str]:
    """Turn the second factor on by a first code; return the codes on paper, shown once."""
    found = session.get(SecondFactor, actor.person_id)
    if found is None:
        raise Refused(NOT_BEGUN)
    if found.confirmed_at is not None:
        raise Refused(ON_ALREADY)
    if not _app_code_fits(session, found, typed, keys, now):
        raise Refused(WRONG, field="code")
    found.confirmed_at = now
    _record(session, actor.person_id, actor.person_id, "turn on second factor", now)
    _tell(session, actor.person_id, ON, now)
    return _new_codes(session, actor.person_id)


def use(session: Session, person_id: int, typed: str, keys: Sequence[str], now: datetime) -> None:
    """Use a code of somebody's app, or one on paper; refuse what fits neither, or was used."""
    found = session.get(SecondFactor, person_id)
    if found is not None and found.confirmed_at is not None:
        if _app_code_fits(session, found, typed, keys, now):
            return
        if _paper_code_fits(session, person_id, typed):
            _record(session, person_id, person_id, "use recovery code", now)
            _tell(session, person_id, USED_PAPER, now)
            return
    raise Refused(WRONG, field="code")


def _app_code_fits(
    session: Session,
    factor: SecondFactor,
    typed: str,
    keys: Sequence[str],
    now: datetime,
) -> bool:
    """Tell whether a code of the app fits, and use it up in one statement: of two at once, one is right."""
    secret = rules.opened(factor.secret, keys)
    if secret is None:
        return False
    step = rules.fitting_step(secret, typed, now)
    if step is None:
        return False
    using = update(SecondFactor).where(
        col(SecondFactor.person_id) == factor.person_id,
        col(SecondFactor.secret) == factor.secret,
        col(SecondFactor.last_step) < step,
    )
    return session.exec(using.values(last_step=step)).rowcount == 1


def _paper_code_fits(session: Session, person_id: int, typed: str) -> bool:
    using = delete(RecoveryCode).where(
        col(RecoveryCode.person_id) == person_id,
        col(RecoveryCode.code_hash) == rules.recovery_digest(typed),
    )
    return session.exec(using).rowcount == 1


def renew_codes(session: Session, actor: Actor, typed: str, keys: Sequence[str], now: datetime) -> list[str]:
    """Make new codes on paper, by a code; the earlier ones stop working."""
    use(session, actor.person_id, typed, keys, now)
    _record(session, actor.person_id, actor.person_id, "make recovery codes", now)
    return _new_codes(session, actor.person_id)


def _new_codes(session: Session, person_id: int) -> list[str]:
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))
    codes = rules.new_recovery_codes()
    for code in codes:
        kept = RecoveryCode(person_id=person_id, code_hash=rules.recovery_digest(code))
        session.add(kept)
    return codes


def turn_off(session: Session, actor: Actor, typed: str, keys: Sequence[str], now: datetime) -> None:
    """Turn one's own second factor off, by a code; the door asked the password."""
    use(session, actor.person_id, typed, keys, now)
    _forget(session, actor.person_id)
    _record(session, actor.person_id, actor.person_id, "turn off second factor", now)
    _tell(session, actor.person_id, OFF, now)


def reset(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Turn somebody's second factor off who lost app and paper; they are told, and whose password it is can go on."""
    if session.get(SecondFactor, person_id) is None:
        raise Refused(NONE)
    _forget(session, person_id)
    _record(session, actor.person_id, person_id, "reset second factor", now)
    _tell(session, person_id, RESET, now)


def seal_anew(session: Session, keys: Sequence[str]) -> None:
    """Seal by the first key what an older one sealed, so that the older one need not be named for good."""
    now, *before = keys
    if not now or not before:
        return
    for found in session.exec(select(SecondFactor)):
        if rules.opened(found.secret, [now]) is not None:
            continue
        secret = rules.opened(found.secret, before)
        if secret is not None:
            found.secret = rules.sealed(secret, [now])


def _forget(session: Session, person_id: int) -> None:
    for table in (RecoveryCode, SecondFactor):
        session.exec(delete(table).where(col(table.person_id) == person_id))


def _record(session: Session, by: int | None, person_id: int, what: str, now: datetime) -> None:
    audit.record(
        session,
        now,
        by,
        what,
        "person",
        person_id,
    )


def _tell(session: Session, person_id: int, what: str, now: datetime) -> None:
    """Tell the person by mail, each time anew."""
    outbox.ask(
        session,
        SECOND_FACTOR,
        person_id,
        local_date(now),
        now,
        about=f"{what} {now.isoformat()}",
    )


def start_half(session: Session, person_id: int, now: datetime) -> str:
    """Note that somebody's password was right; return the token by which the second factor may follow."""
    token = secrets.token_urlsafe(32)
    half = HalfSignIn(
        token_hash=digest(token),
        person_id=person_id,
        expires_at=now + rules.STEP_LASTS,
    )
    session.add(half)
    return token


def end_halves(session: Session, person_id: int) -> None:
    """End what was half signed in of somebody."""
    session.exec(delete(HalfSignIn).where(col(HalfSignIn.person_id) == person_id))


def purge(session: Session, now: datetime) -> None:
    """Forget the sign-ins that stayed half."""
    session.exec(delete(HalfSignIn).where(col(HalfSignIn.expires_at) < now))
