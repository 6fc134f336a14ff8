"""Verbs on who the provider vouches for: know them again, give their groups' roles, ask again. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from mentorship.base import audit, outbox, security
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, upsert
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import BREAK_GLASS, PROVIDER
from mentorship.base.secret_codes import digest
from mentorship.base.vault import opened, sealed
from mentorship.people import queries as people
from mentorship.people.access import ADMIN, Actor
from mentorship.people.actions import put_roles
from mentorship.people.devices import actions as devices
from mentorship.people.identity_provider import queries, rules
from mentorship.people.identity_provider.models import ProviderLink, ProviderSession, UsedOnce
from mentorship.people.identity_provider.rules import Governed, Identity
from mentorship.people.models import Account, Person, SignIn
from mentorship.people.second_factor.models import HalfSignIn

PURPOSE = "identity provider"
KEPT_AFTER_END = timedelta(days=1)
USED = N_("This was used already. Sign in again.")
NOT_LINKED = N_("This person does not sign in by the provider.")


def use_once(session: Session, secret: str, until: datetime) -> None:
    """Use up what may come from the provider a single time; refuse it the second time, also of two at once."""
    using = upsert(session, UsedOnce).values(key=digest(secret), until=until)
    done = session.execute(using.on_conflict_do_nothing().returning(col(UsedOnce.key)))
    if done.first() is None:
        raise Refused(USED)


def link(session: Session, person: Person, identity: Identity, now: datetime, *, keeps: bool) -> None:
    """Know a person by a name of the provider from now on.

    As after a code (`account.actions.activate`), what they kept before is closed until a device or mailbox of theirs
    confirms that it is them: who may change an address here, or a number at the provider, does not read it thereby.
    """
    person_id = id_of(person)
    account = session.get(Account, person_id)
    told = account is not None
    if account is None:
        account = Account(person_id=person_id, password_hash="")
        session.add(account)
    account.closed_before = now if keeps else None
    if not keeps:
        account.mailbox = rules.address_of(identity.claims, rules.EMAIL) if person.email else ""
        devices.distrust(session, person_id)
    _forget_earlier(session, person_id)
    session.add(
        ProviderLink(
            person_id=person_id,
            issuer=identity.issuer,
            subject=identity.subject,
            linked_at=now,
        )
    )
    audit.record(
        session,
        now,
        person_id,
        "link to provider",
        "person",
        person_id,
    )
    security.note_once_done(session, "provider.linked", person=person_id)
    if told:
        outbox.ask(
            session,
            PROVIDER,
            person_id,
            local_date(now),
            now,
            about=now.isoformat(),
        )


def forget_password(session: Session, person_id: int, now: datetime) -> None:
    """Forget a password that another may have chosen, by a code, and end the sessions that it or a code began.

    Its person came by the provider, so they would not notice that theirs was gone.
    """
    account = session.get(Account, person_id)
    if account is None or not account.password_hash:
        return
    account.password_hash = ""
    running = update(SignIn).where(
        col(SignIn.person_id) == person_id,
        col(SignIn.tablet_id).is_(None),
        col(SignIn.ended_at).is_(None),
    )
    session.exec(running.values(ended_at=now))
    theirs = col(HalfSignIn.person_id) == person_id
    forgetting = delete(HalfSignIn).where(theirs)
    session.exec(forgetting)
    audit.record(
        session,
        now,
        person_id,
        "forget password",
        "person",
        person_id,
    )


def _forget_earlier(session: Session, person_id: int) -> None:
    """Forget by which name an earlier provider knew somebody, whom the settings do not name any more."""
    earlier = session.get(ProviderLink, person_id)
    if earlier is not None:
        session.delete(earlier)
        session.flush()


def unlink(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Forget by which name the provider knows a person, for instance because that became another's; they are out."""
    found = session.get(ProviderLink, person_id)
    if found is None:
        raise Refused(NOT_LINKED)
    session.delete(found)
    security.note_once_done(session, "provider.unlinked", person=person_id)
    end(session, queries.sessions_of(session, person_id), now)
    audit.record(
        session,
        now,
        actor.person_id,
        "unlink from provider",
        "person",
        person_id,
    )


def follow_groups(session: Session, person_id: int, groups: Governed, now: datetime) -> None:
    """Give and take the roles that the provider's groups stand for; the others stay as they are."""
    before = people.roles_of(session, person_id)
    if rules.follows(before, groups):
        return
    after = rules.roles_after(before, groups, person_id, people.staying(session, ADMIN))
    if after == before:
        return
    put_roles(session, person_id, before, after)
    audit.record(
        session,
        now,
        None,
        "set roles by groups",
        "person",
        person_id,
        before=sorted(before),
        after=sorted(after),
    )
    security.note_once_done(
        session,
        "roles.changed",
        person=person_id,
        before=sorted(before),
        after=sorted(after),
    )


def vouch(
    session: Session,
    token: str,
    identity: Identity,
    tokens: Mapping[str, str],
    keys: Sequence[str],
    now: datetime,
) -> None:
    """Note of a session that just began that the provider vouches for it, and by what it is asked again."""
    begun = session.exec(select(SignIn).where(SignIn.token_hash == digest(token))).one()
    renewing = tokens.get("refresh_token", "")
    vouched = ProviderSession(
        sign_in_id=id_of(begun),
        subject=identity.subject,
        sid=identity.sid,
        id_token=sealed(tokens.get("id_token", ""), keys, PURPOSE),
        refresh_token=sealed(renewing, keys, PURPOSE) if renewing else "",
        checked_at=now,
    )
    session.add(vouched)


def take_turn(session: Session, sign_in_id: int, now: datetime) -> ProviderSession | None:
    """Return the session to ask the provider about; None while another request asks, or asked in vain just now."""
    asking = update(ProviderSession).where(
        col(ProviderSession.sign_in_id) == sign_in_id,
        or_(
            col(ProviderSession.asked_at).is_(None),
            col(ProviderSession.asked_at) <= now - rules.ASKED_AGAIN,
        ),
    )
    if session.exec(asking.values(asked_at=now)).rowcount != 1:
        return None
    return session.get(ProviderSession, sign_in_id)


def give_turn_back(session: Session, sign_in_id: int) -> None:
    """Let the next request ask too: the browser itself has to go there."""
    of_it = col(ProviderSession.sign_in_id) == sign_in_id
    session.exec(update(ProviderSession).where(of_it).values(asked_at=None))


def renewing_token(found: ProviderSession, keys: Sequence[str]) -> str:
    """Return by what the provider is asked again; "" where it gave nothing."""
    return opened(found.refresh_token, keys, PURPOSE) or ""


def hint(found: ProviderSession, keys: Sequence[str]) -> str:
    """Return the token by which the provider knows which session of its own to end."""
    return opened(found.id_token, keys, PURPOSE) or ""


def note_session(session: Session, sign_in_id: int, sid: str, id_token: str, keys: Sequence[str]) -> None:
    """Note which session at the provider one of ours is of now: who had to sign in there anew has another one."""
    of_it = col(ProviderSession.sign_in_id) == sign_in_id
    noting = update(ProviderSession).where(of_it)
    session.exec(
        noting.values(
            sid=sid,
            id_token=sealed(id_token, keys, PURPOSE),
        )
    )


def note_vouched(session: Session, sign_in_id: int, renewing: str, keys: Sequence[str], now: datetime) -> None:
    """Note that the provider still vouches for a session."""
    values: dict[str, Any] = {"checked_at": now, "asked_at": None}
    if renewing:
        values["refresh_token"] = sealed(renewing, keys, PURPOSE)
    of_it = col(ProviderSession.sign_in_id) == sign_in_id
    session.exec(update(ProviderSession).where(of_it).values(**values))


def end(session: Session, sign_in_ids: Collection[int], now: datetime) -> None:
    """End sessions that the provider does not vouch for any more."""
    running = update(SignIn).where(
        col(SignIn.id).in_(sign_in_ids),
        col(SignIn.ended_at).is_(None),
    )
    session.exec(running.values(ended_at=now))
    for sign_in_id in sorted(sign_in_ids):
        security.note_once_done(session, "session.ended", kind="provider", number=sign_in_id)


def end_as_told(session: Session, subject: str, sid: str, now: datetime) -> None:
    """End the sessions that the provider tells have ended: the one it names, or all of somebody."""
    theirs = select(ProviderSession.sign_in_id)
    if sid:
        theirs = theirs.where(ProviderSession.sid == sid)
    if subject:
        theirs = theirs.where(ProviderSession.subject == subject)
    end(session, set(session.exec(theirs)), now)


def note_break_glass(session: Session, person_id: int, now: datetime) -> None:
    """Note that somebody signed in with a password where all sign in by the provider, and tell every admin."""
    security.note_once_done(session, "provider.passed_by", person=person_id)
    audit.record(
        session,
        now,
        person_id,
        "sign in past the provider",
        "person",
        person_id,
    )
    asks = []
    for admin in people.people_with_role(session, ADMIN):
        asks.append(outbox.Ask(BREAK_GLASS, admin, local_date(now), f"{person_id} {now.isoformat()}"))
    outbox.ask_all(session, asks, now)


def purge(session: Session, now: datetime) -> None:
    """Forget what came once, and by what sessions were asked about that are over."""
    session.exec(delete(UsedOnce).where(col(UsedOnce.until) < now))
    long_over = select(SignIn.id).where(
        or_(
            col(SignIn.ended_at) < now - KEPT_AFTER_END,
            col(SignIn.expires_at) < now - KEPT_AFTER_END,
        )
    )
    session.exec(delete(ProviderSession).where(col(ProviderSession.sign_in_id).in_(long_over)))
