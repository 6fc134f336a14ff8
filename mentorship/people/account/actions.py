"""Verbs on accounts: codes, activate, sign in and out, passwords, language. They never commit."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import CODE_MADE, INVITATION
from mentorship.base.secret_codes import digest
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.account import queries, rules
from mentorship.people.account.passwords import Passwords
from mentorship.people.devices import actions as devices
from mentorship.people.identity_provider import actions as provided
from mentorship.people.models import Account, ActivationCode, Person, SignIn
from mentorship.people.second_factor import actions as factors
from mentorship.people.throttle import actions as throttle

WRONG = N_("This name and password do not go together. Check both, or ask the coordinator for a new code.")
NOT_PRESENT = N_("This is not your current password.")
WRONG_CODE = N_(
    "This number and code do not go together, or the code was used or is too old. Ask the coordinator for a new one."
)
KEPT_AFTER_END = timedelta(days=30)
"""How long a session stays in the list of somebody's sessions after it ended."""
DEVICE_LENGTH = 120


def issue_codes(
    session: Session, actor: Actor, person_ids: Iterable[int], now: datetime, keepers: Collection[int] = ()
) -> dict[int, str]:
    """Give people a new activation code each (an older open one stops working); return the codes, to print once.

    Whose account has a password is told, and so are `keepers`: who kept something before they had any.
    """
    codes = _make_codes(session, actor, person_ids, now)
    _tell_of_codes(session, codes, keepers, now)
    return codes


def _make_codes(
    session: Session,
    actor: Actor,
    person_ids: Iterable[int],
    now: datetime,
    *,
    mails: bool = False,
) -> dict[int, str]:
    found = _here(session, person_ids, now)
    rules.check_codes(
        actor,
        people.roles_among(session, found),
        with_account=bool(queries.coming_in(session, found)),
    )
    older = delete(ActivationCode).where(
        col(ActivationCode.person_id).in_(list(found)),
        col(ActivationCode.used_at).is_(None),
    )
    session.exec(older)
    codes = {}
    for person_id, person in found.items():
        code = rules.new_code()
        codes[person_id] = code
        kept = ActivationCode(
            person_id=person_id,
            code_hash=rules.code_digest(code),
            expires_at=now + timedelta(days=rules.CODE_DAYS),
            made_by_id=actor.person_id or None,
            mailed_to=(person.email or "") if mails else "",
        )
        session.add(kept)
        _record(session, actor.person_id, "make activation code", person_id, now)
    return codes


def _record(session: Session, by: int | None, verb: str, person_id: int | None, now: datetime) -> None:
    audit.record(
        session,
        now,
        by,
        verb,
        "person",
        person_id,
    )


def _here(session: Session, person_ids: Iterable[int], now: datetime) -> dict[int, Person]:
    """Return the people who are still here; who left gets no code."""
    today = local_date(now)
    found = {}
    for person_id, person in people.persons(session, person_ids).items():
        if not person.is_gone(today):
            found[person_id] = person
    if not found:
        raise Refused(N_("This person has left, so there is no account to open."))
    return found


def _tell_of_codes(session: Session, codes: Mapping[int, str], keepers: Collection[int], now: datetime) -> None:
    """Tell by mail who comes in without it already, or keeps something, that a code was made, by whom and when.

    It goes to the address of this moment, whatever becomes of that before it is sent.
    """
    kept = {}
    for person_id in queries.coming_in(session, codes).union(keepers) & codes.keys():
        code = codes[person_id]
        kept[person_id] = rules.code_digest(code)
    _tell(session, kept, now)


def _tell(session: Session, kept: Mapping[int, str], now: datetime) -> None:
    """Tell people of codes, by what is kept of each."""
    asks = []
    for person_id, person in people.persons(session, kept).items():
        told = outbox.Ask(
            CODE_MADE,
            person_id,
            local_date(now),
            kept[person_id],
            address=person.email,
        )
        asks.append(told)
    outbox.ask_all(session, asks, now)


def invite(session: Session, actor: Actor, person_ids: Iterable[int], activation: str, now: datetime) -> dict[int, str]:
    """Make activation codes and mail each as a link to `activation`; return those of people without an address."""
    codes = _make_codes(session, actor, person_ids, now, mails=True)
    found = people.persons(session, codes)
    mailed = [person_id for person_id in sorted(codes) if found[person_id].email]
    for person_id in mailed:
        code = codes.pop(person_id)
        outbox.ask(
            session,
            INVITATION,
            person_id,
            local_date(now),
            now,
            about=rules.code_digest(code),
            text=rules.to_activate(activation, found[person_id].number, code),
        )
        _record(session, actor.person_id, "mail activation code", person_id, now)
    return codes


def activate(
    session: Session,
    name: str,
    code: str,
    password: str,
    passwords: Passwords,
    now: datetime,
    company: Collection[str] = (),
    keeps: bool = False,
) -> Person:
    """Set a password by activation code; all older sessions of the person end.

    Who `keeps` something from before finds it closed, for whoever made the code could be signing in: unless the code
    came to a mailbox that was theirs already. Where nothing is kept yet, who opened the account earlier counts no more:
    neither their devices nor their mailbox open what will be.
    """
    person = people.person_by_login(session, name)
    open_code = queries.open_code(session, person, code, now)
    if person is None or open_code is None:
        raise Refused(WRONG_CODE)
    is_first = not queries.coming_in(session, [id_of(person)])
    set_password(session, person, password, passwords, now, company=company)
    open_code.used_at = now
    if is_first and keeps:  # by slips or links, and so nobody knew that there was something to tell
        _tell(session, {open_code.person_id: open_code.code_hash}, now)
    elif is_first:
        open_code.told_at = now  # there was nothing that anybody else could have been after
    account = session.get_one(Account, id_of(person))
    is_theirs = bool(open_code.mailed_to) and open_code.mailed_to == account.mailbox
    account.closed_before = now if keeps and not is_theirs else None
    if not keeps:
        account.mailbox = open_code.mailed_to
        devices.distrust(session, account.person_id)
    _record(session, person.id, "activate account", person.id, now)
    return person


def set_password(
    session: Session,
    person: Person,
    password: str,
    passwords: Passwords,
    now: datetime,
    field: str = "password",
    company: Collection[str] = (),
) -> None:
    """Keep the hash of a new password and end all sessions of the person; `field` is where it was typed.

    Neither the person's own names may stand in it, nor what the `company` is called.
    """
    person_id = id_of(person)
    names = (
        person.given_name,
        person.family_name,
        person.number,
        person.email or "",
        *(person.email or "").partition("@")[2].split("."),
        *company,
    )
    least = queries.password_least(session, person_id)
    rules.check_password(password, names=names, field=field, least=least)
    account = session.get(Account, person_id)
    if account is None:
        account = Account(person_id=person_id, password_hash="")
    account.password_hash = passwords.hash(password)
    session.add(account)
    end_sessions(session, person_id, now)


def change_password(
    session: Session,
    actor: Actor,
    old: str,
    new: str,
    passwords: Passwords,
    now: datetime,
    company: Collection[str] = (),
) -> None:
    """Change one's own password, knowing the old one; ends all sessions."""
    account = session.get(Account, actor.person_id)
    person = session.get(Person, actor.person_id)
    if account is None or person is None or not passwords.verify(account.password_hash, old):
        raise Refused(NOT_PRESENT, field="old")
    set_password(session, person, new, passwords, now, field="new", company=company)
    _record(session, actor.person_id, "change password", actor.person_id, now)


def renew_hash(session: Session, person_id: int, password: str, passwords: Passwords) -> None:
    """Hash a password that fits anew where the settings ask for other parameters than it was hashed with."""
    account = session.get_one(Account, person_id)
    if passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hash(password)


def start_session(session: Session, person: Person, device: str, hours: int, now: datetime) -> str:
    """Start a session and return its token; only the token's digest is kept."""
    person_id = id_of(person)
    long_over = delete(SignIn).where(
        col(SignIn.person_id) == person_id,
        col(SignIn.expires_at) < now - KEPT_AFTER_END,
    )
    session.exec(long_over)
    token = secrets.token_urlsafe(32)
    started = SignIn(
        token_hash=digest(token),
        person_id=person_id,
        device=device[:DEVICE_LENGTH],
        started_at=now,
        seen_at=now,
        expires_at=rules.session_end(now, hours),
        confirmed_at=now,
    )
    session.add(started)
    return token


def end_sessions(session: Session, person_id: int, now: datetime, only: int | None = None) -> None:
    """End all sessions of a person, or only one of them."""
    running = update(SignIn).where(
        col(SignIn.person_id) == person_id,
        col(SignIn.ended_at).is_(None),
    )
    if only is not None:
        running = running.where(col(SignIn.id) == only)
    session.exec(running.values(ended_at=now))
    if only is None:
        factors.end_halves(session, person_id)


def choose_locale(session: Session, actor: Actor, locale: str) -> None:
    """Remember the language a person reads."""
    person = session.get(Person, actor.person_id)
    if person is not None:
        person.locale = locale


def purge(session: Session, now: datetime) -> None:
    """Delete ended sessions and codes that are too old; forget who tried what, and devices of long ago."""
    ended = or_(col(SignIn.ended_at) < now - KEPT_AFTER_END, col(SignIn.expires_at) < now - KEPT_AFTER_END)
    session.exec(delete(SignIn).where(ended))
    session.exec(delete(ActivationCode).where(col(ActivationCode.expires_at) < now))
    throttle.purge(session, now)
    factors.purge(session, now)
    devices.purge(session, now)
    provided.purge(session, now)
