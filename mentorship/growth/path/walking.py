"""A path as a page shows it: the steps, and where they lead; read once a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mentorship.growth.models import JobProfile
from mentorship.growth.path import queries, rules, words
from mentorship.growth.path.rules import DONE, Stands, Step
from mentorship.growth.path.words import Facts, Told
from mentorship.growth.queries import levels_of, profiles
from mentorship.mentorships.goals import paces
from mentorship.mentorships.goals.paces import Pace
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles.queries import domain_names, passing_on

NEXT = 3
"""So many jobs a path leads on to: the nearest ones."""


@dataclass(frozen=True)
class Near:
    """A job to grow towards: how much it asks, what is left to learn for it; `has`: they have all of it."""

    profile_id: int
    title: str
    explanation: str
    asked: int
    left: tuple[str, ...]
    has: bool

    @property
    def distance(self) -> str:
        """Say how much of it somebody has."""
        return words.distance(len(self.left), self.asked)

    @property
    def leads(self) -> str:
        """Say what is left once another path was walked."""
        return words.leads(self.left)


@dataclass(frozen=True)
class Path:
    """The way of somebody to a job: its steps in words, and the jobs it leads on to."""

    job: JobProfile
    steps: Sequence[Step]
    told: Sequence[Told]
    next: Sequence[Near]
    left: int


@dataclass(frozen=True)
class Walker:
    """What is known of somebody who looks where to grow, read once."""

    person: Person
    stands: Stands
    titles: Mapping[int, str]

    def near(self, session: Session, have: Mapping[int, int], but: int = 0) -> list[Near]:
        """Return the jobs in use (but one), those first that somebody with these levels has least to learn for."""
        asked = queries.asked(session)
        found = []
        for job in profiles(session):
            key = job.id or 0
            if key == but or not asked[key]:
                continue
            left = [self.titles[domain_id] for domain_id in rules.left(asked[key], have)]
            has = not rules.left(asked[key], self.stands.have)
            found.append(Near(key, job.title, job.told, len(asked[key]), tuple(left), has))
        return sorted(found, key=lambda near: (len(near.left), near.title.casefold()))


def walker(session: Session, person: Person, today: date | None = None) -> Walker:
    """Read how somebody stands; `today` is for who looks at their own, with the certificates that are valid then."""
    stands = queries.stands(session, person.id or 0, today)
    return Walker(person, stands, domain_names(session))


def path(session: Session, who: Walker, job: JobProfile, now: datetime) -> Path:
    """Return the way of somebody to what a job asks."""
    asked = levels_of(session, job.id or 0)
    facts = _facts(session, who, asked, now)
    found = rules.steps(asked, who.stands, facts.learned)
    have = rules.reached(asked, who.stands.have)
    near = who.near(session, have, job.id or 0)
    return Path(
        job,
        found,
        words.told(found, facts),
        [one for one in near if not one.has][:NEXT],
        sum(step.state != DONE and step.course is None for step in found),
    )


def _facts(session: Session, who: Walker, asked: Mapping[int, int], now: datetime) -> Facts:
    person_id = who.person.id or 0
    pairs = {domain_id: pair for domain_id, (_target, pair) in queries.growing(session, person_id).items()}
    names = people.persons(session, [pair.mentor_id for pair in pairs.values()])
    return Facts(
        who.titles,
        queries.learned(session),
        {domain_id: names[pair.mentor_id].name for domain_id, pair in pairs.items()},
        passing_on(session, who.person),
        queries.followed(session, person_id),
        _paces(session, who.stands, asked, now),
        who.stands.proven,
    )


def _paces(session: Session, stands: Stands, asked: Mapping[int, int], now: datetime) -> dict[int, Pace]:
    taken = paces.taken(session, now)
    found = {}
    for domain_id in asked:
        pace = paces.pace(taken, domain_id, stands.have.get(domain_id, 0) + 1)
        if pace is not None:
            found[domain_id] = pace
    return found
