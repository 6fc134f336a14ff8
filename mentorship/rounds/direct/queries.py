"""Reads for pairing somebody at once: who may do it, whom it is about, and the pool of open requests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.mentor_requests.actions import Wanted
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentor_requests.rules import importance_at
from mentorship.mentorships.models import ACTIVE, PAUSED, Mentorship
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, MANAGER, Actor, Subject
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.closed_days.queries import after_working_days
from mentorship.profiles.models import Capacity, FormWish
from mentorship.programme.queries import programme
from mentorship.rounds import known, reading
from mentorship.rounds.announcing.pending import consent_by
from mentorship.rounds.announcing.rules import end_of
from mentorship.rounds.direct.pool import NEW, Pool, pool, with_held
from mentorship.rounds.facts import NeedFacts, Pair, Records, RequestFacts
from mentorship.rounds.gather import Terms
from mentorship.rounds.holding import held
from mentorship.rounds.models import ANNOUNCED, SOLVED

HOLDING = (SOLVED, ANNOUNCED)
"""The states of a round in which its pairs wait to be published."""


def may_pair(session: Session) -> Subject:
    """Return which managers may pair people: all where the programme says so, else none."""
    if not programme(session).managers_pair:
        return Subject()
    managers = select(PersonRole.person_id).where(PersonRole.role == MANAGER)
    return Subject(line=frozenset(session.exec(managers)))


def to_pair(session: Session, person_id: int) -> Subject | None:
    """Return who may pair somebody: their managers too, where the programme says so; None for who is not here."""
    person = session.get(Person, person_id)
    if person is None or person.left_on is not None:
        return None
    line: frozenset[int] = frozenset()
    if programme(session).managers_pair:
        line = people.line_above(session, person_id)
    return Subject(frozenset({person_id}), line)


def to_second(session: Session, mentorship_id: int) -> Subject | None:
    """Return who may find a second mentor for the junior of a pair that runs; None where there is no such pair."""
    pair = session.get(Mentorship, mentorship_id)
    if pair is None or pair.status not in (ACTIVE, PAUSED):
        return None
    return to_pair(session, pair.junior_id)


def own_team(session: Session, actor: Actor) -> frozenset[int] | None:
    """Return who is in the team of a manager; None for a coordinator, who pairs everybody."""
    if actor.has(COORDINATOR):
        return None
    return frozenset(session.scalars(people.line_below(actor.person_id)))


def terms(session: Session) -> Terms:
    """Return by what pairs are made outside a round: the settings of the programme."""
    settings = programme(session)
    return Terms(
        weights=settings.weights,
        floor=settings.floor,
        spread=settings.spread,
        waiting=settings.waiting,
    )


def around(
    session: Session,
    person_id: int,
    request_id: int | None,
    wanted: Sequence[Wanted],
    now: datetime,
    *,
    trainer: bool = False,
) -> Pool | None:
    """Return the pool around somebody's open request, or around one that would ask for this."""
    records = known.today(session, now).records
    if request_id is None:
        asked = _asking(session, person_id, wanted)
        asked = replace(asked, trainer=trainer)
        records = replace(records, requests=(*records.requests, asked))
    taken = with_held(
        records,
        held(session, HOLDING),
        request_id or NEW,
    )
    return pool(
        taken,
        terms(session),
        request_id or NEW,
    )


def one_pair(session: Session, pair: Pair, today: date) -> Records:
    """Return what is known of one pair (request, mentor) alone, with what rounds hold of that mentor's places taken."""
    request_id, _mentor_id = pair
    records = reading.records(
        session,
        (),
        today,
        only=pair,
    )
    return with_held(
        records,
        held(session, HOLDING),
        request_id,
    )


def _asking(session: Session, person_id: int, wanted: Sequence[Wanted]) -> RequestFacts:
    """Return a request that is not there yet."""
    needs = []
    for position, (domain_id, current, target) in enumerate(wanted, 1):
        need = NeedFacts(
            domain_id,
            current,
            target,
            importance_at(position),
        )
        needs.append(need)
    forms = wanted_forms(session, person_id)
    return RequestFacts(
        NEW,
        person_id,
        tuple(needs),
        forms or None,
    )


def wanted_forms(session: Session, person_id: int) -> dict[str, int]:
    """Return how much somebody wants to learn in each form."""
    rows = select(FormWish.form, FormWish.weight).where(FormWish.person_id == person_id)
    return dict(session.exec(rows).all())


def named_here(session: Session, text: str, within: Collection[int] | None, limit: int) -> list[Person]:
    """Find people who are here by name or number, those in a team alone where one is given."""
    found = people.colleagues(
        session,
        text,
        0,
        limit if within is None else limit * limit,
    )
    if within is not None:
        found = [person for person in found if person.id in within]
    return found[:limit]


def hours_offered(session: Session, person_ids: Collection[int]) -> dict[int, Decimal]:
    """Return how many hours a week count of each of these: confirmed ones, or all where nobody has to confirm them."""
    confirm = programme(session).confirm_hours
    rows = select(Capacity).where(col(Capacity.person_id).in_(list(person_ids)))
    found = {}
    for row in session.exec(rows):
        found[row.person_id] = (row.confirmed_hours or Decimal(0)) if confirm else row.hours
    return found


def objections_until(session: Session, sides: Pair, now: datetime) -> datetime | None:
    """Return until when the managers of both sides may object; None where they have no days, or there is none.

    Their silence is no consent while they are away and nobody stands in, so it lasts until they are back.
    """
    days = programme(session).direct_days
    if not days:
        return None
    both = people.persons(session, sides)
    sites = {person.site_id for person in both.values()}
    last = after_working_days(
        session,
        sites,
        local_date(now),
        days,
    )
    return consent_by(
        session,
        *sides,
        end_of(last),
        now,
    )


def asked_since(session: Session, request_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """Return of requests who asks, and since when."""
    rows = select(
        col(MentorRequest.id),
        MentorRequest.person_id,
        MentorRequest.created_at,
    )
    of_these = rows.where(col(MentorRequest.id).in_(list(request_ids)))
    return {request_id: (person_id, since) for request_id, person_id, since in session.exec(of_these) if request_id}
