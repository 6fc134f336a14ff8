"""How long people think they stay: most of them say so, and in two crafts many leave soon."""

from __future__ import annotations

from datetime import datetime
from random import Random

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.people.access import SENIOR, Actor
from mentorship.people.models import Person
from mentorship.profiles import actions as profiles
from mentorship.profiles.coverage import HOLDS
from mentorship.profiles.models import HORIZONS, Domain, Expertise

GOING = ("Functional safety", "Uitlijnen", "Instrumentatie")
"""What many of those who hold it take with them."""
USUALLY = (30, 6, 14, 18, 32)
SOON = (15, 40, 30, 10, 5)
"""How often people say each of the horizons, the first of which is nothing."""


def say_how_long(session: Session, now: datetime) -> None:
    """Let everybody who holds a domain say how long they think they stay, or nothing."""
    chance = Random("how long")  # noqa: S311 (the same every time)
    going = _who_holds(session, GOING)
    for person_id in sorted(_who_holds(session)):
        horizon = chance.choices(HORIZONS, SOON if person_id in going else USUALLY)[0]
        if horizon != HORIZONS[0]:
            actor = Actor(person_id, frozenset({SENIOR}))
            profiles.set_plan(session, actor, horizon, now)


def _who_holds(session: Session, names: tuple[str, ...] = ()) -> set[int]:
    query = (
        select(Person)
        .join(Expertise, col(Expertise.person_id) == Person.id)
        .join(Domain, col(Domain.id) == Expertise.domain_id)
        .where(Expertise.level >= HOLDS, col(Person.left_on).is_(None))
    )
    if names:
        query = query.where(col(Domain.name).in_(names))
    return {id_of(person) for person in session.exec(query)}
