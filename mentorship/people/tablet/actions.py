"""Verbs on shared tablets, on cards and PINs, and on who is signed in there. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from mentorship.base import audit, outbox, vault
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import CARD_MADE
from mentorship.base.secret_codes import digest
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person, SignIn, Site, Tablet
from mentorship.people.tablet import queries, rules
from mentorship.people.tablet.models import TabletCard

WRONG = N_("This card and PIN do not go together. No PIN yet, or forgotten? Choose one below.")
WRONG_CODE = N_("This card and activation code do not go together, or the code was used or is too old.")
ASLEEP = N_("The PIN was wrong ten times, so this card sleeps. Choose a new PIN to wake it.")
NOT_THE_SAME = N_("These two PINs differ. Type the same one twice.")
NO_TABLET = N_("This code opens no tablet: it was used, or is older than an hour. Have a new one made.")


SEALED = "tablet PIN"
"""What the hash of a PIN is sealed about: six digits are soon tried all, by whoever has the hash."""


class Hasher(Protocol):
    """Hashes what people choose, a few at a time."""

    def hash(self, password: str) -> str:
        """Return what is kept."""

    def verify(self, stored: str | None, password: str) -> bool:
        """Tell whether it fits what is kept; it takes as long when nothing is."""


def add(session: Session, actor: Actor, name: str, site_id: int, now: datetime) -> str:
    """Add a tablet; return the code that enrols it, to be opened on it once."""
    if session.get(Site, site_id) is None:
        raise Refused(N_("Choose one of the sites."), field="site_id")
    code = rules.new_enrolment()
    found = Tablet(
        name=name,
        site_id=site_id,
        made_by_id=actor.person_id,
        made_at=now,
        code_hash=rules.kept_of(code),
        code_until=now + rules.ENROL_LASTS,
    )
    session.add(found)
    session.flush()
    _record(session, actor.person_id, "add tablet", "tablet", id_of(found), now)
    return code


def enrol(session: Session, code: str, now: datetime) -> str:
    """Enrol the tablet that a code is for, once; return the secret that it keeps."""
    query = select(Tablet.id).where(
        Tablet.code_hash == rules.kept_of(code),
        col(Tablet.ended_at).is_(None),
        col(Tablet.code_until) > now,
    )
    found = locked(session, Tablet, session.exec(query).first() or 0)
    if found is None or found.code_hash is None:
        raise Refused(NO_TABLET, field="code")
    token = rules.new_token()
    found.code_hash = None
    found.token_hash = digest(token)
    found.seen_at = now
    _record(session, found.made_by_id, "enrol tablet", "tablet", id_of(found), now)
    return token


def end(session: Session, actor: Actor, tablet_id: int, now: datetime) -> None:
    """Let a tablet open nothing any more; who is signed in on it is signed out."""
    found = session.get_one(Tablet, tablet_id)
    found.ended_at = now
    found.code_hash = None
    running = update(SignIn).where(
        col(SignIn.tablet_id) == tablet_id,
        col(SignIn.ended_at).is_(None),
    )
    session.exec(running.values(ended_at=now))
    _record(session, actor.person_id, "end tablet", "tablet", tablet_id, now)


def note_seen(session: Session, tablet_id: int, now: datetime) -> None:
    """Remember that a tablet was used at this moment."""
    session.get_one(Tablet, tablet_id).seen_at = now


def make_cards(session: Session, actor: Actor, person_ids: Collection[int], now: datetime) -> dict[int, str]:
    """Make a card for each of these people who is here, and tell them; an earlier one stops working, a PIN stays."""
    found = {}
    asks = []
    for person_id, person in people.persons(session, person_ids).items():
        if person.is_gone(local_date(now)):
            continue
        secret = rules.new_card()
        _write_card(session, actor, person_id, secret, now)
        found[person_id] = secret
        if person_id != actor.person_id:
            asks.append(outbox.Ask(CARD_MADE, person_id, local_date(now), now.isoformat()))
    if not found:
        raise Refused(N_("Who left gets no card."))
    outbox.ask_all(session, asks, now)
    audit.record(
        session,
        now,
        actor.person_id,
        "make tablet cards",
        "person",
        None,
        people=sorted(found),
    )
    return found


def _write_card(session: Session, actor: Actor, person_id: int, secret: str, now: datetime) -> None:
    card = session.get(TabletCard, person_id) or TabletCard(person_id=person_id)
    card.secret_hash = rules.kept_of(secret)
    card.made_by_id = actor.person_id
    card.made_at = now
    card.told_at = None
    session.add(card)


def revoke(session: Session, actor: Actor, person_ids: Collection[int], now: datetime) -> int:
    """Let the cards of these people open nothing any more, and sign them out on tablets; return how many."""
    found = queries.having_cards(session, person_ids)
    if not found:
        raise Refused(N_("None of these has a card."))
    theirs = update(TabletCard).where(col(TabletCard.person_id).in_(found))
    session.exec(theirs.values(secret_hash=None))
    end_sessions(session, found, now)
    audit.record(
        session,
        now,
        actor.person_id,
        "revoke tablet cards",
        "person",
        None,
        people=sorted(found),
    )
    return len(found)


def end_sessions(session: Session, person_ids: Collection[int], now: datetime) -> None:
    """Sign these people out on tablets, and nowhere else."""
    running = update(SignIn).where(
        col(SignIn.person_id).in_(person_ids),
        col(SignIn.tablet_id).is_not(None),
        col(SignIn.ended_at).is_(None),
    )
    session.exec(running.values(ended_at=now))


def count_try(session: Session, secret_hash: str) -> str | None:
    """Count a PIN that is tried with a card, before it is verified; return what is kept of the PIN, None without one.

    Refuse a card that sleeps. Of many at once none slips by: the row is counted up in one statement.
    """
    counting = update(TabletCard).where(
        col(TabletCard.secret_hash) == secret_hash,
        col(TabletCard.wrong) < rules.MOST_WRONG,
    )
    counted = session.exec(counting.values(wrong=col(TabletCard.wrong) + 1)).rowcount
    card = queries.card_of(session, secret_hash)
    if card is None:
        return None
    if not counted:
        raise Refused(ASLEEP)
    return card.pin_hash or None


def verify(kept: str | None, pin: str, hasher: Hasher, keys: Sequence[str]) -> bool:
    """Tell whether a PIN fits what is kept; where nothing is it takes as long, and never fits."""
    stored = vault.opened(kept, keys, SEALED) if kept else None
    return hasher.verify(stored, pin)


def choose_pin(
    session: Session,
    person: Person,
    pin: str,
    hasher: Hasher,
    keys: Sequence[str],
    now: datetime,
    *,
    code_by_id: int | None = None,
) -> None:
    """Keep the PIN that somebody chose, hashed and sealed; their card wakes. `code_by_id`: by whose activation code."""
    person_id = id_of(person)
    rules.check_pin(pin, person.number)
    card = session.get(TabletCard, person_id) or TabletCard(person_id=person_id)
    card.pin_hash = vault.sealed(hasher.hash(pin), keys, SEALED)
    card.pin_set_at = now
    card.code_by_id = code_by_id
    card.wrong = 0
    session.add(card)
    end_sessions(session, [person_id], now)
    _record(session, person_id, "choose tablet PIN", "person", person_id, now)


def seal_anew(session: Session, keys: Sequence[str]) -> None:
    """Seal by the first key the PINs that an older one sealed, so that the older one need not be named for good."""
    now, *before = keys
    if not now or not before:
        return
    for card in session.exec(select(TabletCard).where(TabletCard.pin_hash != "")):
        stored = None if vault.opened(card.pin_hash, [now], SEALED) else vault.opened(card.pin_hash, before, SEALED)
        if stored is not None:
            card.pin_hash = vault.sealed(stored, [now], SEALED)


def was_right(session: Session, person_id: int) -> None:
    """Forget the PINs that were tried before the right one."""
    session.get_one(TabletCard, person_id).wrong = 0


def start(session: Session, person_id: int, tablet: Tablet, now: datetime) -> str:
    """Sign somebody in on a tablet, for a short while; return the token. An earlier session there ends."""
    on_it = update(SignIn).where(
        col(SignIn.tablet_id) == tablet.id,
        col(SignIn.ended_at).is_(None),
    )
    session.exec(on_it.values(ended_at=now))
    token = rules.new_token()
    started = SignIn(
        token_hash=digest(token),
        person_id=person_id,
        device=tablet.name,
        started_at=now,
        seen_at=now,
        expires_at=rules.ends_at(now, now),
        tablet_id=tablet.id,
    )
    session.add(started)
    return token


def keep_on(session: Session, sign_in_id: int | None, now: datetime) -> None:
    """Let a session on a tablet last a little longer: somebody is there."""
    found = session.get(SignIn, sign_in_id)
    if found is not None and found.ended_at is None:
        found.seen_at = now
        found.expires_at = rules.ends_at(found.started_at, now)


def note_told(card: TabletCard, now: datetime) -> None:
    """Remember that a person was told at signing in of a card made for them."""
    card.told_at = now


def purge(session: Session, now: datetime) -> None:
    """Forget the tablets that ended long ago or were never enrolled, once no session of theirs is kept."""
    session.exec(
        update(Tablet)
        .where(
            col(Tablet.token_hash).is_(None),
            col(Tablet.ended_at).is_(None),
            col(Tablet.code_until) < now,
        )
        .values(ended_at=now, code_hash=None)
    )
    used = select(SignIn.id).where(SignIn.tablet_id == Tablet.id)
    over = delete(Tablet).where(
        col(Tablet.ended_at) < now - rules.KEPT_AFTER_END,
        ~used.exists(),
    )
    session.exec(over)


def _record(
    session: Session,
    by: int | None,
    verb: str,
    subject: str,
    subject_id: int,
    now: datetime,
) -> None:
    audit.record(
        session,
        now,
        by,
        verb,
        subject,
        subject_id,
    )
