"""Reads of the waiting list; a fixed number of queries, however many wait."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given
from mentorship.base.keeping import kept
from mentorship.mentor_requests.models import (
    OPEN,
    UNANSWERED,
    MentorRequest,
    PlaceAsked,
)
from mentorship.mentorships import queries as mentorships
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles import rules as profile_rules
from mentorship.profiles.models import Capacity
from mentorship.programme.queries import programme
from mentorship.rounds import holding, known
from mentorship.rounds.gather import Terms
from mentorship.rounds.models import (
    ANNOUNCED,
    SOLVED,
    Round,
    RoundPair,
)
from mentorship.rounds.waiting import rules
from mentorship.rounds.waiting.models import FreePlace
from mentorship.rounds.waiting.standing import Standing, stand
from mentorship.rounds.waiting.waits import Waits, waiting

HOLDING = (SOLVED, ANNOUNCED)
"""States of a round in which it has found a mentor that nobody was proposed yet."""


@dataclass(frozen=True)
class InRound:
    """The mentor that a round found for a request, and how well they fit, in millionths."""

    round_id: int
    mentor_id: int
    score: int


@dataclass(frozen=True)
class Today:
    """All that the list is made from: who waits, how each stands, what rounds found, and who was asked for a place.

    `mentors` offer places; `planned` of them would have so many free if the manager confirmed all their hours.
    """

    waiting: Sequence[Waits]
    standing: Standing
    in_rounds: dict[int, InRound]
    asked: Sequence[PlaceAsked]
    mentors: frozenset[int]
    planned: dict[int, int]
    now: datetime

    def can_be_asked(self, mentor_id: int) -> bool:
        """Tell whether a mentor can be asked for a place: not too soon again, nor while hours wait for the manager."""
        if self.planned.get(mentor_id, 0) > 0:
            return False
        moments = [row.asked_at for row in self.asked if row.mentor_id == mentor_id]
        return rules.may_ask(moments, self.now)

    @property
    def not_asked_now(self) -> frozenset[int]:
        """Return the mentors who cannot be asked for a place now."""
        concerned = {row.mentor_id for row in self.asked} | set(self.planned)
        return frozenset(mentor_id for mentor_id in concerned if not self.can_be_asked(mentor_id))


def terms(session: Session) -> Terms:
    """Return by what somebody is matched today: the programme's own weights, floor and spread."""
    settings = programme(session)
    return Terms(
        weights=settings.weights,
        floor=settings.floor,
        spread=settings.spread,
        waiting=settings.waiting,
    )


def today(session: Session, now: datetime) -> Today:
    """Read how everybody stands who waits, by today's facts."""
    mentors = known.today(session, now).records.mentors
    return Today(
        waiting=waiting(session),
        standing=standing(session, now),
        in_rounds=in_rounds(session),
        asked=asked(session),
        mentors=frozenset(mentor.person for mentor in mentors),
        planned=_planned(session),
        now=now,
    )


def standing(session: Session, now: datetime) -> Standing:
    """Return how every open request stands; kept while nothing was decided that could change it."""
    return kept(
        session,
        "waiting.standing",
        now,
        lambda: stand(
            known.today(session, now).with_others,
            terms(session),
            holding.held(session, HOLDING),
        ),
        but=known.UNRELATED,
        also=holding.states(session, HOLDING),
    )


def in_rounds(session: Session) -> dict[int, InRound]:
    """Return by request the mentor that a round found which is not published yet, of the newest round."""
    query = (
        select(
            RoundPair.request_id,
            RoundPair.round_id,
            RoundPair.mentor_id,
            RoundPair.score,
        )
        .join(Round, col(Round.id) == RoundPair.round_id)
        .where(col(Round.status).in_(HOLDING))
        .order_by(col(Round.id))
    )
    found = {}
    for request_id, round_id, mentor_id, score in session.exec(query):
        found[request_id] = InRound(
            round_id,
            mentor_id,
            score,
        )
    return found


def asked(session: Session, mentor_ids: Collection[int] | None = None) -> list[PlaceAsked]:
    """Return the mentors (or these) who were asked for a place for a request that still waits, the newest last."""
    query = _asked()
    if mentor_ids is not None:
        query = query.where(col(PlaceAsked.mentor_id).in_(mentor_ids))
    return list(session.exec(query))


def _asked() -> SelectOfScalar[PlaceAsked]:
    return (
        select(PlaceAsked)
        .join(
            MentorRequest,
            col(MentorRequest.id) == PlaceAsked.request_id,
        )
        .where(MentorRequest.status == OPEN)
        .order_by(col(PlaceAsked.asked_at), col(PlaceAsked.request_id))
    )


def asked_moments(session: Session, mentor_id: int) -> list[datetime]:
    """Return when a mentor was asked for a place, for whichever request."""
    query = select(PlaceAsked.asked_at).where(PlaceAsked.mentor_id == mentor_id)
    return list(session.exec(query))


def open_asks(session: Session, mentor_id: int) -> list[PlaceAsked]:
    """Return what a mentor was asked and did not answer, the newest last."""
    return list(session.exec(open_asks_of(mentor_id)))


def open_asks_of(mentor_id: Given[int]) -> SelectOfScalar[PlaceAsked]:
    """Return the query for what a mentor was asked and did not answer, the newest last."""
    return _asked().where(
        col(PlaceAsked.mentor_id) == mentor_id,
        PlaceAsked.answer == UNANSWERED,
    )


def _planned(session: Session) -> dict[int, int]:
    """Return by mentor how many places would be free once all promised hours were confirmed; of those with more."""
    settings = programme(session)
    if not settings.confirm_hours:
        return {}
    taken = mentorships.occupied(session)
    found = {}
    unconfirmed = func.coalesce(Capacity.confirmed_hours, 0) < Capacity.hours
    for offer in session.exec(select(Capacity).where(Capacity.places > 0, unconfirmed)):
        would = if_confirmed(offer, settings.hours_per_pair)
        counts = profile_rules.places_that_count(offer, settings)
        occupied = taken.get(offer.person_id, 0)
        free = profile_rules.free_places(would, occupied)
        if would > counts and free > 0:
            found[offer.person_id] = free
    return found


def if_confirmed(offer: Capacity, per_pair: Decimal) -> int:
    """Return how many of the places would count if all the hours promised were confirmed."""
    return profile_rules.usable_places(
        offer.places,
        offer.hours,
        offer.hours,
        confirm=True,
        hours_per_pair=per_pair,
    )


def came_free(session: Session, now: datetime) -> list[FreePlace]:
    """Return the places that came free lately while somebody waits for them, the newest first."""
    query = select(FreePlace).where(
        col(FreePlace.came_at) > now - rules.NEWS_LASTS,
        FreePlace.places > 0,
        FreePlace.waiting > 0,
    )
    return list(
        session.exec(
            query.order_by(
                col(FreePlace.came_at).desc(),
                col(FreePlace.person_id),
            )
        )
    )


def count_came_free(session: Session, now: datetime) -> tuple[int, datetime | None]:
    """Count the mentors with whom a place came free, and return since when the newest."""
    found = came_free(session, now)
    return len(found), found[0].came_at if found else None


def request_subject(session: Session, request_id: int) -> Subject | None:
    """Tell whether there is such a request; whose it is."""
    found = session.get(MentorRequest, request_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))


def people_named(session: Session, text: str) -> set[int]:
    """Return who has these words in their name or number, of those who wait."""
    query = (
        select(col(Person.id))
        .join(
            MentorRequest,
            col(MentorRequest.person_id) == Person.id,
        )
        .where(MentorRequest.status == OPEN, *people.named(text))
    )
    return {person_id for person_id in session.exec(query) if person_id is not None}
