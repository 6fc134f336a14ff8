"""Verbs of the waiting list: ask mentors for a place, answer that, note a training outside. They never commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locked, locking
from mentorship.base.errors import Conflict, Refused
from mentorship.base.mail_kinds import PLACE
from mentorship.base.undo import About, keep, state
from mentorship.mentor_requests.models import (
    ADDED,
    NOT_NOW,
    OPEN,
    UNANSWERED,
    MentorRequest,
    PlaceAsked,
)
from mentorship.mentorships import queries as mentorships
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles.actions import set_places
from mentorship.profiles.models import Capacity
from mentorship.programme.queries import programme
from mentorship.rounds.waiting import queries, rules
from mentorship.rounds.waiting.models import FreePlace
from mentorship.rounds.waiting.standing import Gain

SUBJECT = "mentor request"


def ask_places(
    session: Session,
    actor: Actor,
    gains: Iterable[Gain],
    now: datetime,
) -> int:
    """Ask these mentors for one place more each; return how many were asked. Who was asked lately is left alone."""
    number = 0
    for gain in sorted(gains, key=lambda gain: gain.mentor_id):
        if rules.may_ask(queries.asked_moments(session, gain.mentor_id), now):
            ask_place(session, actor, gain, now)
            number += 1
    if not number:
        raise Conflict(rules.ASKED)
    return number


def ask_place(session: Session, actor: Actor, gain: Gain, now: datetime) -> PlaceAsked:
    """Ask a mentor for one place more, because of a request that waits; once in four weeks.

    The mentor is locked, so that of two who ask at once one is told that it was done.
    """
    locked(session, Person, gain.mentor_id)
    request = session.get(MentorRequest, gain.request_id)
    if request is None or request.status != OPEN:
        raise Refused(rules.GONE)
    rules.check_ask(queries.asked_moments(session, gain.mentor_id), now)
    key = {
        "mentor_id": gain.mentor_id,
        "request_id": gain.request_id,
    }
    kept = keep(session, PlaceAsked, **key)
    row = PlaceAsked(
        **key,
        asked_by=actor.person_id,
        asked_at=now,
        waiting=gain.waiting,
        gain=gain.requests,
        answered_at=None,
        answer=UNANSWERED,
    )
    session.merge(row)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "ask for a place",
        SUBJECT,
        gain.request_id,
        mentor=gain.mentor_id,
    )
    state(
        session,
        kept,
        About(
            "ask for a place",
            SUBJECT,
            gain.request_id,
            mails=[(PLACE, rules.mail_about(gain.request_id, now))],
        ),
    )
    return row


def add_place(session: Session, actor: Actor, now: datetime) -> Capacity:
    """Set one place more, as one was asked for, with the hours it takes; those wait for the manager as always."""
    mine = _asked_of(session, actor)
    offer = locked(session, Capacity, actor.person_id) or Capacity(person_id=actor.person_id)
    taken = mentorships.occupied(session).get(actor.person_id, 0)
    per_pair = programme(session).hours_per_pair
    places, hours = rules.one_more(offer.places, taken, offer.hours, per_pair)
    _answer(session, actor, mine, ADDED, now)
    return set_places(session, actor, places, hours, now)


def not_now(session: Session, actor: Actor, now: datetime) -> None:
    """Say that there is no place now; nobody asks why."""
    mine = _asked_of(session, actor)
    _answer(session, actor, mine, NOT_NOW, now)


def _asked_of(session: Session, actor: Actor) -> Sequence[PlaceAsked]:
    """Return all that this mentor was asked and did not answer, for nobody else to answer now."""
    theirs = select(PlaceAsked).where(
        PlaceAsked.mentor_id == actor.person_id,
        PlaceAsked.answer == UNANSWERED,
    )
    mine = session.exec(locking(theirs.order_by(col(PlaceAsked.request_id)))).all()
    rules.check_unanswered([row.answer for row in mine])
    return mine


def _answer(
    session: Session,
    actor: Actor,
    mine: Sequence[PlaceAsked],
    answer: str,
    now: datetime,
) -> None:
    kept = keep(
        session,
        PlaceAsked,
        mentor_id=actor.person_id,
        request_id=[row.request_id for row in mine],
    )
    for row in mine:
        row.answer = answer
        row.answered_at = now
    verb = "answer about a place"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "person",
        actor.person_id,
        answer=answer,
    )
    state(session, kept, About(verb, "person", actor.person_id))


def note_outside(
    session: Session,
    actor: Actor,
    request_id: int,
    now: datetime,
    *,
    looked_for: bool = True,
) -> None:
    """Note that a training outside is looked for, or no longer, because nobody here can teach what is asked."""
    request = locked(session, MentorRequest, request_id)
    if request is None or request.status != OPEN:
        raise Refused(rules.GONE)
    kept = keep(session, MentorRequest, id=request_id)
    request.outside_on = local_date(now) if looked_for else None
    verb = "look for training outside"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        request_id,
        looked_for=looked_for,
    )
    state(session, kept, About(verb, SUBJECT, request_id))


def seen(session: Session, actor: Actor, now: datetime) -> None:
    """Say that the places that came free were seen."""
    news = session.exec(locking(select(FreePlace).where(col(FreePlace.came_at).is_not(None)))).all()
    kept = keep(
        session,
        FreePlace,
        person_id=[row.person_id for row in news],
    )
    for row in news:
        row.came_at = None
    verb = "see free places"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "person",
        actor.person_id,
        places=len(news),
    )
    state(session, kept, About(verb, "person", actor.person_id))
