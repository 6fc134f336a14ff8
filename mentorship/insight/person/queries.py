"""Reads of what one person does in the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.figures.days import Days
from mentorship.checkins.standings import standings
from mentorship.checkins.told import told
from mentorship.checkins.visibility import Ties
from mentorship.mentor_requests import queries as requests
from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE, OCCUPYING, PROPOSED, Mentorship
from mentorship.people import managers
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import own
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import PLACES, ROSTER, Expertise
from mentorship.profiles.queries import Profile
from mentorship.profiles.rosters import patterns
from mentorship.profiles.rosters import queries as rosters
from mentorship.programme.queries import visibility


@dataclass(frozen=True)
class PersonDuo:
    """A duo of somebody, or a proposal: with whom, in what, and its class where the reader is told it."""

    pair: Mentorship
    other: Person
    guides: bool
    domain: str
    standing: str = ""

    @property
    def runs(self) -> bool:
        """Tell whether the two work together, be it in a pause."""
        return self.pair.status in OCCUPYING and self.pair.status != PROPOSED


@dataclass(frozen=True)
class PersonRequest:
    """A request of somebody, with the domains it asks for, the main one first."""

    request: MentorRequest
    domains: list[str]

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits for a mentor."""
        return self.request.status == OPEN


@dataclass(frozen=True)
class Working:
    """When somebody works: by which roster, and the coming weeks of it."""

    roster_id: int | None
    roster: str
    strip: Days | None


@dataclass(frozen=True)
class Programme:
    """What somebody does in the programme, as the coordinator reads it."""

    profile: Profile
    duos: list[PersonDuo] = field(default_factory=list)
    asked: list[PersonRequest] = field(default_factory=list)


def of_person(session: Session, reader: Actor, person_id: int, now: datetime) -> Programme:
    """Return what somebody does in the programme."""
    today = local_date(now)
    profile = profiles.profile(session, person_id, today)
    names = profiles.domain_names(session)
    return Programme(
        profile=profile,
        duos=_duos(session, reader, person_id, names, now),
        asked=_asked(session, person_id, names),
    )


def working(session: Session, person_id: int, now: datetime) -> Working:
    """Return when somebody works."""
    today = local_date(now)
    profile = profiles.profile(session, person_id, today)
    return Working(
        roster_id=profile.roster_id,
        roster=own.roster_name(profile, patterns.rosters(session)),
        strip=own.strip(session, person_id, profile.days_off, today),
    )


def managers_of(session: Session, person: Person) -> list[Person]:
    """Return who appraises somebody: the first manager, if there is one, and the others by name."""
    found = people.persons(session, managers.of_people(session, [person]))
    return sorted(found.values(), key=lambda one: (one.id != person.manager_id, one.sort_key))


def stands(session: Session, person_id: int, section: str, now: datetime) -> Sequence[object]:
    """Return how a section of somebody's page stands, by which a change by another is seen."""
    person = session.get_one(Person, person_id)
    if section == "name":
        return [person.given_name, person.infix, person.family_name]
    if section == "work":
        return [person.site_id, person.department, person.manager_id, person.email, person.languages]
    if section == "roles":
        return sorted(people.roles_of(session, person_id))
    if section == ROSTER:
        return [rosters.rosters_on(session, local_date(now), [person_id]).get(person_id)]
    if section == PLACES:
        offer = profiles.capacity(session, person_id)
        return [offer.places, offer.hours.normalize()]
    known = select(Expertise.domain_id, Expertise.level, Expertise.willing).where(Expertise.person_id == person_id)
    return [tuple(row) for row in session.exec(known.order_by(col(Expertise.domain_id)))]


def _duos(session: Session, reader: Actor, person_id: int, names: dict[int, str], now: datetime) -> list[PersonDuo]:
    pairs = mentorships.of_person(session, person_id)
    others = people.persons(session, [pair.other_of(person_id) for pair in pairs])
    classes = _classes(
        session,
        reader,
        pairs,
        now,
    )
    found = []
    for pair in pairs:
        duo = PersonDuo(
            pair=pair,
            other=others[pair.other_of(person_id)],
            guides=pair.mentor_id == person_id,
            domain=names[pair.domain_id],
            standing=classes.get(id_of(pair), ""),
        )
        found.append(duo)
    return found


def _classes(session: Session, reader: Actor, pairs: list[Mentorship], now: datetime) -> dict[int, str]:
    """Return the classes of the pairs that run, as the coordinator is told them; never of a pair of one's own."""
    ties = Ties(coordinates=True)
    telling = told(ties, visibility(session))
    running = []
    for pair in pairs:
        sides = pair.mentor_id, pair.junior_id
        if pair.status == ACTIVE and reader.person_id not in sides:
            running.append(id_of(pair))
    if telling is None or not running:
        return {}
    return standings(
        session,
        running,
        now,
        telling.counts,
    )


def _asked(session: Session, person_id: int, names: dict[int, str]) -> list[PersonRequest]:
    theirs = select(MentorRequest).where(MentorRequest.person_id == person_id)
    newest_first = theirs.order_by(col(MentorRequest.id).desc())
    rows = list(session.exec(newest_first))
    needs = requests.needs_of(session, [row.id for row in rows])
    found = []
    for row in rows:
        domains = [names[need.domain_id] for need in needs.get(id_of(row), [])]
        found.append(PersonRequest(row, domains))
    return found
