"""Verbs on accounts: codes, activate, sign in and out, passwords, language. They never commit."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.people import queries
from mentorship.people.access import Actor
from mentorship.people.account import rules as account_rules
from mentorship.people.account.passwords import Passwords
from mentorship.people.models import Account, ActivationCode, FailedSignIn, Person, SignIn

WRONG = N_("This name and password do not go together. Check both, or ask the coordinator for a new code.")


NOT_PRESENT = N_("This is not your present password.")


WRONG_CODE = N_(
    "This number and code do not go together, or the code was used or is too old. Ask the coordinator for a new one."
)


def issue_codes(session: Session, actor: Actor, person_ids: Iterable[int], now: datetime) -> dict[int, str]:
    """Give people a new activation code each (an older open one stops working); return the codes, to print once."""
    found = queries.persons(session, person_ids)
    account_rules.check_codes(actor.roles, found.keys() & queries.people_with_role(session, "admin"))
    session.exec(
        delete(ActivationCode).where(
            col(ActivationCode.person_id).in_(list(found)), col(ActivationCode.used_at).is_(None)
        )
    )
    codes = {person_id: account_rules.new_code() for person_id in found}
    for person_id, code in codes.items():
        session.add(
            ActivationCode(
                person_id=person_id,
                code_hash=account_rules.code_digest(code),
                expires_at=now + timedelta(days=account_rules.CODE_DAYS),
            )
        )
    audit.record(session, now, actor.person_id, "issue activation codes", "person", None, people=sorted(codes))
    return codes


def invite(session: Session, actor: Actor, person_ids: Iterable[int], activation: str, now: datetime) -> dict[int, str]:
    """Make activation codes and mail each as a link to `activation`; return those of people without an address."""
    codes = issue_codes(session, actor, person_ids, now)
    people = queries.persons(session, codes)
    mailed = sorted(i for i in codes if people[i].email)
    for person_id in mailed:
        code = codes.pop(person_id)
        link = f"{activation}?{urlencode({'name': people[person_id].number, 'code': account_rules.spaced(code)})}"
        outbox.ask(
            session,
            account_rules.INVITATION,
            person_id,
            local_date(now),
            now,
            about=account_rules.code_digest(code),
            text=link,
        )
    audit.record(session, now, actor.person_id, "mail activation codes", "person", None, people=mailed)
    return codes


def activate(session: Session, name: str, code: str, password: str, passwords: Passwords, now: datetime) -> Person:
    """Set a password by activation code; all older sessions of the person end."""
    person = queries.person_by_login(session, name)
    open_code = None
    if person is not None and person.left_on is None:
        open_code = session.exec(
            select(ActivationCode).where(
                ActivationCode.person_id == person.id,
                ActivationCode.code_hash == account_rules.code_digest(code),
                col(ActivationCode.used_at).is_(None),
                col(ActivationCode.expires_at) > now,
            )
        ).first()
    if person is None or open_code is None:
        raise Refused(WRONG_CODE)
    set_password(session, person, password, passwords, now)
    open_code.used_at = now
    audit.record(session, now, person.id, "activate account", "person", person.id)
    return person


def set_password(session: Session, person: Person, password: str, passwords: Passwords, now: datetime) -> None:
    """Keep the hash of a new password and end all sessions of the person."""
    assert person.id is not None
    account_rules.check_password(
        password, names=(person.given_name, person.family_name, person.number, person.email or "")
    )
    account = session.get(Account, person.id)
    if account is None:
        account = Account(person_id=person.id, password_hash="")
    account.password_hash = passwords.hash(password)
    session.add(account)
    end_sessions(session, person.id, now)


def change_password(session: Session, actor: Actor, old: str, new: str, passwords: Passwords, now: datetime) -> None:
    """Change one's own password, knowing the old one; ends all sessions."""
    account, person = session.get(Account, actor.person_id), session.get(Person, actor.person_id)
    if account is None or person is None or not passwords.verify(account.password_hash, old):
        raise Refused(NOT_PRESENT)
    set_password(session, person, new, passwords, now)
    audit.record(session, now, actor.person_id, "change password", "person", actor.person_id)


def may_try(session: Session, name: str, address: str, now: datetime) -> bool:
    """Tell whether this address may try this name again; others are never locked out by it."""
    recent = (
        select(func.count())
        .select_from(FailedSignIn)
        .where(
            FailedSignIn.address_hash == account_rules.digest(address),
            col(FailedSignIn.at) > now - account_rules.WINDOW,
        )
    )
    by_name = recent.where(FailedSignIn.name_hash == account_rules.digest(_who(session, name)))
    return account_rules.may_try(session.scalar(by_name) or 0, session.scalar(recent) or 0)


def _who(session: Session, name: str) -> str:
    """Return one key for a person whether tried by number or by address, and for a name that nobody has."""
    person = queries.person_by_login(session, name)
    return f"person {person.id}" if person else name.strip().lower()


def note_failure(session: Session, name: str, address: str, now: datetime) -> None:
    """Remember a failed attempt, and forget those of the day before."""
    session.exec(delete(FailedSignIn).where(col(FailedSignIn.at) < now - timedelta(days=1)))
    session.add(
        FailedSignIn(
            name_hash=account_rules.digest(_who(session, name)), address_hash=account_rules.digest(address), at=now
        )
    )


def check_sign_in(session: Session, name: str, password: str, passwords: Passwords) -> Person | None:
    """Return the person whose name and password these are; takes as long for an unknown name."""
    person = queries.person_by_login(session, name)
    account = session.get(Account, person.id) if person is not None and person.left_on is None else None
    return person if passwords.verify(account.password_hash if account else None, password) else None


def start_session(session: Session, person: Person, device: str, hours: int, now: datetime) -> str:
    """Start a session and return its token; only the token's digest is kept."""
    assert person.id is not None
    token = secrets.token_urlsafe(32)
    session.exec(
        delete(SignIn).where(col(SignIn.person_id) == person.id, col(SignIn.expires_at) < now - timedelta(days=30))
    )
    session.add(
        SignIn(
            token_hash=account_rules.digest(token),
            person_id=person.id,
            device=device[:120],
            started_at=now,
            seen_at=now,
            expires_at=account_rules.session_end(now, hours),
        )
    )
    return token


def actor_of(session: Session, token: str, now: datetime) -> Actor | None:
    """Return who a token signs in, with the roles of this moment; None when the session is over."""
    row = session.exec(
        select(SignIn, Person)
        .join(Person, col(Person.id) == SignIn.person_id)
        .where(
            SignIn.token_hash == account_rules.digest(token),
            col(SignIn.ended_at).is_(None),
            col(SignIn.expires_at) > now,
            col(Person.left_on).is_(None),
        )
    ).first()
    if row is None:
        return None
    sign_in, person = row
    assert person.id is not None
    return Actor(
        person.id, queries.roles_of(session, person.id), person.name, person.initials, person.locale, sign_in.id
    )


def end_sessions(session: Session, person_id: int, now: datetime, only: int | None = None) -> None:
    """End all sessions of a person, or only one of them."""
    ending = (
        update(SignIn).where(col(SignIn.person_id) == person_id, col(SignIn.ended_at).is_(None)).values(ended_at=now)
    )
    session.exec(ending.where(col(SignIn.id) == only) if only is not None else ending)


def open_sessions(session: Session, person_id: int, now: datetime) -> list[SignIn]:
    """Return the running sessions of a person, newest first."""
    running = select(SignIn).where(
        SignIn.person_id == person_id, col(SignIn.ended_at).is_(None), col(SignIn.expires_at) > now
    )
    return list(session.exec(running.order_by(col(SignIn.started_at).desc())))


def choose_locale(session: Session, actor: Actor, locale: str) -> None:
    """Remember the language a person reads."""
    person = session.get(Person, actor.person_id)
    if person is not None:
        person.locale = locale


def purge(session: Session, now: datetime) -> None:
    """Delete ended sessions, codes that are too old, and failed attempts."""
    session.exec(delete(SignIn).where(col(SignIn.expires_at) < now - timedelta(days=30)))
    session.exec(delete(ActivationCode).where(col(ActivationCode.expires_at) < now))
    session.exec(delete(FailedSignIn).where(col(FailedSignIn.at) < now - timedelta(days=1)))
