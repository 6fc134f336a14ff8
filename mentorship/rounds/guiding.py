"""Reads who guides or could: their places, what they pass on, and whether they are out for now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.growth.certificates.entitled import trainers
from mentorship.matching import LEAST_LEVEL
from mentorship.mentorships import queries as mentorships
from mentorship.people.models import Person
from mentorship.people.objections import MATCHING, objected
from mentorship.profiles import rules as profile_rules
from mentorship.profiles.away.queries import away_days
from mentorship.profiles.away.rules import misses_begin
from mentorship.profiles.models import (
    Capacity,
    Expertise,
    FormComfort,
)
from mentorship.programme.models import Programme
from mentorship.programme.queries import programme
from mentorship.rounds.facts import MentorFacts

Levels = dict[int, int]
Forms = dict[str, int]


def willing_levels(session: Session, of: Collection[int] | None = None) -> dict[int, Levels]:
    """Return by person, of everybody or of some, the levels in the domains that they want to pass on."""
    query = select(
        Expertise.person_id,
        Expertise.domain_id,
        Expertise.level,
    )
    query = query.where(
        col(Expertise.willing).is_(True),
    )
    if of is not None:
        query = query.where(col(Expertise.person_id).in_(of))
    found: dict[int, Levels] = defaultdict(dict)
    for person_id, domain_id, level in session.exec(query):
        found[person_id][domain_id] = level
    return found


def _comfort(session: Session) -> dict[int, Forms]:
    """Return by person how well each form suits them as a mentor."""
    rows = select(
        FormComfort.person_id,
        FormComfort.form,
        FormComfort.comfort,
    )
    found: dict[int, Forms] = defaultdict(dict)
    for person_id, form, comfort in session.exec(rows):
        found[person_id][form] = comfort
    return found


@dataclass(frozen=True)
class _Guiding:
    """What is known of everybody who guides or may, by person."""

    settings: Programme
    today: date
    juniors: Mapping[int, int]
    levels: Mapping[int, Levels]
    comfort: Mapping[int, Forms]
    away: Mapping[int, Collection[int]]
    objected: Collection[int]
    trainers: Collection[int]

    def mentor(self, offer: Capacity) -> MentorFacts:
        """Return one who offers places."""
        person_id = offer.person_id
        juniors = self.juniors.get(person_id, 0)
        usable = profile_rules.places_that_count(offer, self.settings)
        return MentorFacts(
            person_id,
            self.levels.get(person_id, {}),
            self.comfort.get(person_id),
            profile_rules.free_places(usable, juniors),
            juniors,
            self._is_out(offer),
            person_id in self.trainers,
        )

    def _is_out(self, offer: Capacity) -> bool:
        """Tell whether somebody pauses, is away for the first weeks or objected: it is told as one, "no place"."""
        if offer.person_id in self.objected:
            return True
        if profile_rules.is_paused(offer.paused, offer.paused_until, self.today):
            return True
        return misses_begin(self.away.get(offer.person_id, ()), self.today)


def _guiding(session: Session, today: date) -> _Guiding:
    return _Guiding(
        programme(session),
        today,
        mentorships.occupied(session),
        willing_levels(session),
        _comfort(session),
        away_days(session),
        frozenset(session.scalars(objected(MATCHING))),
        trainers(session, today),
    )


def mentors(session: Session, today: date) -> list[MentorFacts]:
    """Return everybody who offers places, with those that are free."""
    known = _guiding(session, today)
    return [known.mentor(offer) for offer in session.exec(_offers())]


def mentors_and_others(session: Session, today: date) -> tuple[list[MentorFacts], list[MentorFacts]]:
    """Return the same, and who can pass something on, wants to, and offers no place: no mentors, but they could be."""
    known = _guiding(session, today)
    guide = [known.mentor(offer) for offer in session.exec(_offers())]
    offering = select(Capacity.person_id).where(Capacity.places > 0)
    query = select(col(Person.id)).where(
        col(Person.left_on).is_(None),
        col(Person.id).not_in(offering),
        col(Person.id).in_(_passing_on()),
    )
    could = []
    for person_id in session.exec(query):
        assert person_id is not None
        nothing = Capacity(person_id=person_id)
        could.append(known.mentor(nothing))
    return guide, could


def _offers() -> SelectOfScalar[Capacity]:
    """Return a query of what everybody who is here offers."""
    query = select(Capacity).join(
        Person,
        col(Person.id) == Capacity.person_id,
    )
    return query.where(
        Capacity.places > 0,
        col(Person.left_on).is_(None),
    )


def _passing_on() -> SelectOfScalar[int]:
    """Return a query of who knows something well enough to pass it on, and wants to."""
    return select(Expertise.person_id).where(
        col(Expertise.willing).is_(True),
        Expertise.level >= LEAST_LEVEL,
    )
