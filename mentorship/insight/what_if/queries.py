"""Reads with whom something can be tried: how they stand, whom they guide, whether they can be asked for a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.insight.queries import Guided, juniors
from mentorship.insight.what_if.grounds import Facts, Tryable
from mentorship.insight.what_if.seats import Stand
from mentorship.mentor_requests.models import PlaceAsked
from mentorship.people import queries as people
from mentorship.people.line import Line
from mentorship.people.models import Person
from mentorship.profiles import rules as profile_rules
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.programme.queries import programme
from mentorship.rounds.waiting import rules as waiting_rules
from mentorship.rounds.waiting.queries import if_confirmed

FOUND = 8
"""So many people are found at most by a few letters."""
LISTED = 200
"""So many colleagues who could be mentors stand in the list; who is not among them is found by name."""
LOOKED = 60


@dataclass(frozen=True)
class Known:
    """Somebody with whom something is tried: how they stand, whom they guide, and when they were asked for a place.

    `offers`: they are a mentor today; `hours_wait`: more places would count once their manager confirms the hours.
    """

    person: Person
    stand: Stand
    offers: bool
    juniors: Sequence[Guided]
    asked: Sequence[datetime]
    hours_wait: bool

    def may_be_asked(self, now: datetime) -> bool:
        """Tell whether they can be asked for a place: not too soon again."""
        return waiting_rules.may_ask(self.asked, now)


def persons(session: Session, facts: Facts, ids: Collection[int], line: Line | None) -> dict[int, Person]:
    """Return these people by id; of a manager's line, where one is given, the mentors alone.

    What else somebody could pass on stands in their profile, which their line does not read.
    """
    if line is None:
        return people.persons(session, ids)
    mentors = [person_id for person_id in ids if facts.guides(person_id)]
    return people.persons(session, line.among(mentors))


def known(session: Session, facts: Facts, tried: Tryable, found: Iterable[Person]) -> dict[int, Known]:
    """Return how these stand who guide, or could; a fixed number of queries."""
    able = {id_of(person): person for person in found if id_of(person) in facts.mentors}
    guided = juniors(session, able)
    offers = _offers(session, able)
    asked = _asked(session, able)
    settings = programme(session)
    made = {}
    for person_id, person in able.items():
        mentor = facts.mentors[person_id]
        offer = offers.get(person_id) or Capacity(person_id=person_id)
        stand = Stand(
            person_id,
            offer.places,
            mentor.places,
            mentor.load,
            tried.held.get(person_id, 0),
            mentor.paused,
        )
        made[person_id] = Known(
            person,
            stand,
            person_id not in facts.could,
            guided.get(person_id, []),
            asked.get(person_id, []),
            _hours_wait(offer, settings),
        )
    return made


def _hours_wait(offer: Capacity, settings: Programme) -> bool:
    """Tell whether more places would count once all the hours promised were confirmed."""
    if not settings.confirm_hours:
        return False
    counts = profile_rules.places_that_count(offer, settings)
    would = if_confirmed(offer, settings.hours_per_pair)
    return would > counts


def _offers(session: Session, ids: Collection[int]) -> dict[int, Capacity]:
    query = select(Capacity).where(
        col(Capacity.person_id).in_(ids),
    )
    found = {}
    for offer in session.exec(query):
        found[offer.person_id] = offer
    return found


def _asked(session: Session, ids: Collection[int]) -> dict[int, list[datetime]]:
    query = select(
        PlaceAsked.mentor_id,
        PlaceAsked.asked_at,
    )
    query = query.where(
        col(PlaceAsked.mentor_id).in_(ids),
    )
    found: dict[int, list[datetime]] = defaultdict(list)
    for mentor_id, asked_at in session.exec(query):
        found[mentor_id].append(asked_at)
    return found


def called(session: Session, facts: Facts, text: str, line: Line | None) -> list[Person]:
    """Return who fits a name or number, of those with whom something can be tried."""
    query = people.people_named(text).limit(LOOKED)
    able = [person for person in session.exec(query) if id_of(person) in facts.mentors]
    if line is not None:
        below = line.among([id_of(person) for person in able if facts.guides(id_of(person))])
        able = [person for person in able if id_of(person) in below]
    return able[:FOUND]


def could_be_mentors(session: Session, facts: Facts) -> list[Person]:
    """Return colleagues who can pass something on and offer no place, by name; who takes nobody now is not put up."""
    ids = set()
    for person_id in facts.could:
        if not facts.mentors[person_id].paused:
            ids.add(person_id)
    some = sorted(ids)[:LISTED]
    found = people.persons(session, some)
    return sorted(found.values(), key=_by_name)


def _by_name(person: Person) -> tuple[str, int]:
    return person.sort_key, id_of(person)
