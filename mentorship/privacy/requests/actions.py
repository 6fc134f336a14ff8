"""Verbs on requests about one's data: ask, withdraw, extend, refuse, carry out. They never commit."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.clock import local_date, wall_time
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.secret_codes import sealed
from mentorship.checkins import leaving as check_ins
from mentorship.leaving.erasing import erase
from mentorship.mentor_requests import leaving as mentor_requests
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.people.objections import HOLDS, STANDING
from mentorship.privacy.notice.actions import forget_names
from mentorship.privacy.requests import queries, rules
from mentorship.privacy.requests.models import (
    CHECK_INS,
    DONE,
    ERASE,
    KEPT,
    MATCHING,
    OBJECT,
    OPEN,
    REFUSED,
    WITHDRAWN,
    Erasure,
    PrivacyRequest,
)
from mentorship.privacy.requests.telling import tell
from mentorship.profiles.models import Capacity
from mentorship.programme.contacts import forget_contact
from mentorship.programme.rules import over_on

SUBJECT = "privacy request"
"""What the audit log calls one."""


def ask(session: Session, actor: Actor, kind: str, about: str, words: str, now: datetime) -> PrivacyRequest:
    """Ask something of what is kept about oneself; the same is not asked twice at once."""
    me = actor.person_id
    locked(session, Person, me)
    before = queries.same_of(
        session,
        me,
        kind,
        about,
    )
    rules.check_first(before is not None)
    found = PrivacyRequest(
        asker_id=me,
        kind=kind,
        about=about,
        words=words,
        received_at=now,
        due_on=rules.due_on(local_date(now)),
    )
    session.add(found)
    session.flush()
    if about == CHECK_INS:
        check_ins.left(
            session,
            session.get_one(Person, me),
            now,
        )
    _record(
        session,
        actor,
        "ask about own data",
        found,
        now,
    )
    return found


def _record(session: Session, actor: Actor, verb: str, found: PrivacyRequest, now: datetime) -> None:
    """Log a step: which request it was and of what kind, never by whom it was asked or in which words."""
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        found.id,
        asked=found.kind,
    )


def _held(session: Session, request_id: int) -> PrivacyRequest:
    found = _locked(session, request_id)
    rules.check_open(found.state)
    return found


def _locked(session: Session, request_id: int) -> PrivacyRequest:
    found = locked(
        session,
        PrivacyRequest,
        request_id,
    )
    if found is None:
        raise Refused(N_("This request is no longer here."))
    return found


def _settle(found: PrivacyRequest, actor: Actor, state: str, answer: str, now: datetime) -> None:
    found.state = state
    found.answer = answer
    found.settled_at = now
    found.settled_by_id = actor.person_id or None


def withdraw(session: Session, actor: Actor, request_id: int, now: datetime) -> PrivacyRequest:
    """Withdraw a request of one's own that was not settled, or an objection that is held to; that is told by mail."""
    found = _locked(session, request_id)
    rules.check_withdraw(found.state, found.about)
    was_done = found.state == DONE
    _settle(
        found,
        actor,
        WITHDRAWN,
        found.answer,
        now,
    )
    _record(
        session,
        actor,
        "withdraw privacy request",
        found,
        now,
    )
    if was_done:
        tell(session, found, now)
    return found


def extend(session: Session, actor: Actor, request_id: int, because: str, now: datetime) -> None:
    """Take two months more, once, within the first, with a reason that the asker reads (GDPR art. 12(3))."""
    found = _held(session, request_id)
    rules.check_extends(
        found.extended_at is not None,
        found.due_on,
        local_date(now),
    )
    found.extended_at = now
    found.extended_because = because
    found.due_on = rules.due_on(
        local_date(found.received_at),
        rules.MONTH + rules.LONGER,
    )
    _record(
        session,
        actor,
        "extend privacy request",
        found,
        now,
    )
    tell(session, found, now)


def refuse(session: Session, actor: Actor, request_id: int, because: str, now: datetime) -> None:
    """Refuse a request with a reason that the asker reads."""
    found = _held(session, request_id)
    _settle(
        found,
        actor,
        REFUSED,
        because,
        now,
    )
    _record(
        session,
        actor,
        "refuse privacy request",
        found,
        now,
    )
    tell(session, found, now)


def carry_out(session: Session, actor: Actor, request_id: int, answer: str, now: datetime) -> None:
    """Do what was asked, and say so; who asked to be erased is gone after it."""
    found = _held(session, request_id)
    rules.check_other(found.asker_id == actor.person_id)
    _settle(
        found,
        actor,
        DONE,
        answer,
        now,
    )
    _record(
        session,
        actor,
        "carry out privacy request",
        found,
        now,
    )
    session.flush()
    if found.asker_id is None:
        return
    if found.kind == ERASE:
        erase_person(
            session,
            found.asker_id,
            now,
        )
        return
    if found.kind == OBJECT and found.about == MATCHING:
        _keep_out_of_matches(
            session,
            found.asker_id,
            now,
        )
    tell(session, found, now)


def _keep_out_of_matches(session: Session, person_id: int, now: datetime) -> None:
    """Withdraw what they asked for and pause their places, so that no round and no pairing counts them."""
    asker = session.get_one(Person, person_id)
    mentor_requests.left(
        session,
        asker,
        now,
    )
    places = update(Capacity).where(col(Capacity.person_id) == person_id)
    session.execute(places.values(paused=True, paused_until=None))


def erase_person(session: Session, person_id: int, now: datetime) -> None:
    """Erase somebody, and note it in the ledger by a digest of their number; their requests end, without words."""
    asked = update(PrivacyRequest).where(col(PrivacyRequest.asker_id) == person_id)
    wordless = asked.values(
        words="",
        answer="",
        extended_because="",
    )
    session.execute(wordless)
    still_open = asked.where(col(PrivacyRequest.state) == OPEN)
    session.execute(still_open.values(state=DONE, settled_at=now))
    person = session.get_one(Person, person_id)
    forget_names(
        session,
        [person],
        N_("somebody who was erased"),
    )
    forget_contact(
        session,
        [person.name],
        now,
    )
    number = erase(
        session,
        person_id,
        now,
    )
    if queries.erased(session, [number]):
        return
    entry = Erasure(
        number_seal=sealed(number.casefold()),
        erased_at=now,
    )
    session.add(entry)
    session.flush()


def _goes_on() -> ColumnElement[bool]:
    """Say which requests are held to for as long as who asked is here: forgetting one would undo it."""
    here = select(col(Person.id)).where(col(Person.left_on).is_(None))
    return and_(
        col(PrivacyRequest.kind) == OBJECT,
        col(PrivacyRequest.about).in_(STANDING),
        col(PrivacyRequest.state).in_(HOLDS),
        col(PrivacyRequest.asker_id).is_not(None),  # without this, who was erased makes it neither so nor not so
        col(PrivacyRequest.asker_id).in_(here),
    )


def purge(session: Session, now: datetime) -> None:
    """Delete requests and entries of the ledger that are kept no longer; an objection holds until who made it left."""
    last_day = over_on(local_date(now), KEPT.months)
    before = wall_time(last_day + timedelta(days=1), 0)
    old = col(PrivacyRequest.received_at) < before
    session.execute(delete(PrivacyRequest).where(old, ~_goes_on()))
    session.execute(delete(Erasure).where(col(Erasure.erased_at) < before))
