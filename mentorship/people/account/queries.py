"""Reads of accounts: whose a name, a code or a token is, and one's sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.clock import local_date
from mentorship.base.db import Given, chunked, id_of, locking
from mentorship.base.prepared import prepared
from mentorship.base.secret_codes import digest
from mentorship.people import queries as people
from mentorship.people.access import Actor, Subject
from mentorship.people.account import rules
from mentorship.people.identity_provider.models import ProviderSession
from mentorship.people.models import Account, ActivationCode, Person, SignIn
from mentorship.people.second_factor import queries as factors
from mentorship.people.second_factor.rules import LEAST_WITH
from mentorship.people.sessions.rules import Limits, is_idle
from mentorship.people.tablet.queries import having_pins


def account_of(session: Session, name: str, now: datetime) -> Account | None:
    """Return the account of who is still here and is called so."""
    person = people.person_by_login(session, name)
    if person is None or person.is_gone(local_date(now)):
        return None
    return session.get(Account, person.id)


def password_least(session: Session, person_id: int) -> int:
    """Return how many characters somebody's password has at least; fewer where a second factor is asked as well."""
    if factors.has_one(session, person_id):
        return LEAST_WITH
    return rules.PASSWORD_LEAST


def coming_in(session: Session, ids: Collection[int]) -> set[int]:
    """Return who of these has a way in already: an account, or a PIN for a shared tablet."""
    return people.with_account(session, ids) | having_pins(session, ids)


def open_code(session: Session, person: Person | None, code: str, now: datetime) -> ActivationCode | None:
    """Return the code as somebody typed it, locked, if they are still here and it still opens their account."""
    if person is None or person.is_gone(local_date(now)):
        return None
    still_open = select(ActivationCode).where(
        ActivationCode.person_id == person.id,
        col(ActivationCode.code_hash).in_(rules.code_digests(code)),
        col(ActivationCode.used_at).is_(None),
        col(ActivationCode.expires_at) > now,
    )
    return session.exec(locking(still_open)).first()


def cards_out(session: Session, ids: Iterable[int], now: datetime) -> dict[int, date]:
    """Return of each of these who has a code that still works the day on which it was made."""
    found = {}
    for some in chunked(ids):
        still_open = select(ActivationCode).where(
            col(ActivationCode.person_id).in_(some),
            col(ActivationCode.used_at).is_(None),
            col(ActivationCode.expires_at) > now,
        )
        for code in session.exec(still_open):
            found[code.person_id] = rules.made_on(code.expires_at)
    return found


def actor_of(session: Session, token: str, limits: Limits, now: datetime) -> Actor | None:
    """Return who a token signs in, with the roles of this moment; None when the session is over, or was not used."""
    row = _running(session, digest(token), now, local_date(now)).first()
    if row is None:
        return None
    sign_in, person, closed_before, second_factor, vouched_at = row
    person_id = id_of(person)
    roles = people.roles_of(session, person_id)
    if is_idle(sign_in.seen_at, limits.of(roles), now):
        return None
    return Actor(
        person_id=person_id,
        roles=roles,
        name=person.name,
        initials=person.initials,
        locale=person.locale,
        sign_in_id=sign_in.id,
        seen_at=sign_in.seen_at,
        confirmed_at=sign_in.confirmed_at,
        closed_before=closed_before,
        second_factor=second_factor,
        tablet_id=sign_in.tablet_id,
        vouched_at=vouched_at,
    )


@prepared
def _running(
    token_hash: Given[str],
    now: Given[datetime],
    today: Given[date],
) -> Select[SignIn, Person, datetime | None, bool, datetime]:
    """Return a query of the session that a token is of, of whose it is, and of what counts for both."""
    asked = columns(
        SignIn,
        Person,
        col(Account.closed_before),
        factors.is_on(),
        col(ProviderSession.checked_at),
    )
    joined = (
        asked.join(Person, col(Person.id) == SignIn.person_id)
        .outerjoin(Account, col(Account.person_id) == SignIn.person_id)
        .outerjoin(ProviderSession, col(ProviderSession.sign_in_id) == SignIn.id)
    )
    return joined.where(
        col(SignIn.token_hash) == token_hash,
        col(SignIn.ended_at).is_(None),
        col(SignIn.expires_at) > now,
        people.is_here(today),
    )


def open_sessions(session: Session, person_id: int, now: datetime) -> list[SignIn]:
    """Return the running sessions of a person, newest first."""
    running = select(SignIn).where(
        SignIn.person_id == person_id,
        col(SignIn.ended_at).is_(None),
        col(SignIn.expires_at) > now,
    )
    newest_first = running.order_by(col(SignIn.started_at).desc())
    return list(session.exec(newest_first))


def session_end(session: Session, sign_in_id: int | None) -> datetime:
    """Return when a running session ends by itself."""
    return session.get_one(SignIn, sign_in_id).expires_at


def session_subject(session: Session, sign_in_id: int) -> Subject | None:
    """Return whose a session is."""
    found = session.get(SignIn, sign_in_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))


def untold_code(session: Session, person_id: int, now: datetime) -> ActivationCode | None:
    """Return the code that another made for an account, of which its person was not told at signing in yet.

    One that was used counts too: whoever made it may have done that.
    """
    untold = _codes_of_others(person_id, now).where(col(ActivationCode.told_at).is_(None))
    return session.exec(untold).first()


def used_before(session: Session, person_id: int, now: datetime) -> ActivationCode | None:
    """Return the last code but the one of this moment by which an account was opened, if another made it.

    Whether it was told does not matter: whoever used it could have been the one who read that.
    """
    used = _codes_of_others(person_id, now).where(col(ActivationCode.used_at) < now)
    return session.exec(used).first()


def _codes_of_others(person_id: int, now: datetime) -> SelectOfScalar[ActivationCode]:
    query = select(ActivationCode).where(
        ActivationCode.person_id == person_id,
        col(ActivationCode.made_by_id).is_not(None),
        col(ActivationCode.made_by_id) != person_id,
        col(ActivationCode.expires_at) > now,
    )
    return query.order_by(
        col(ActivationCode.expires_at).desc(),
        col(ActivationCode.id).desc(),
    )


def code_made(session: Session, person_id: int, code_hash: str, now: datetime) -> ActivationCode | None:
    """Return a code that was made for an account and is not too old, also when it was used meanwhile."""
    made = _codes_of_others(person_id, now).where(ActivationCode.code_hash == code_hash)
    return session.exec(made).first()


def last_elsewhere(session: Session, person_id: int) -> SignIn | None:
    """Return the session that somebody began last on anything but a shared tablet, be it over or not."""
    query = select(SignIn).where(
        SignIn.person_id == person_id,
        col(SignIn.tablet_id).is_(None),
    )
    return session.exec(query.order_by(col(SignIn.started_at).desc())).first()
