"""Which job people work in, what that asks, and who shows their managers how far they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.growth.held import actions as held
from mentorship.growth.jobs import actions as jobs
from mentorship.growth.jobs.actions import JobWords
from mentorship.people.access import SENIOR, Actor
from mentorship.people.models import Person
from mentorship.profiles.models import Domain, Expertise

ASKED: Mapping[JobWords, Mapping[str, int]] = {
    JobWords("Servicemonteur warmtepompen", "Heat pump service fitter", "", ""): {
        "Warmtepompen": 3,
        "Koudetechniek": 3,
        "Laagspanning": 2,
        "Storingsanalyse": 3,
        "Klantcontact op locatie": 3,
    },
    JobWords("Onderhoudsmonteur", "Maintenance fitter", "", ""): {
        "Pneumatiek": 3,
        "Hydrauliek": 3,
        "Uitlijnen": 2,
        "Storingsanalyse": 3,
        "Pijpfitten": 2,
    },
    JobWords("Technicus meet- en regeltechniek", "Instrumentation technician", "", ""): {
        "Meet- en regeltechniek": 3,
        "Instrumentatie": 3,
        "PLC-programmering": 3,
        "Functional safety": 2,
        "OT-cybersecurity": 2,
    },
}
FEWEST = 2
"""Who can something in so many domains of a job works in it."""
EVERY = 3
"""One in so many shows nobody but the coordinator how far they are."""


def say_what_jobs_ask(session: Session, coordinator: Actor, now: datetime) -> None:
    """Write down three jobs and who works in them; most of those show how far they are."""
    ids = {domain.name: id_of(domain) for domain in session.exec(select(Domain))}
    can = _can(session)
    taken: set[int] = set()
    for words, levels in ASKED.items():
        asked = {ids[name]: level for name, level in levels.items() if name in ids}
        job = jobs.add(session, coordinator, words, now)
        jobs.ask(session, coordinator, id_of(job), asked, now)
        people = []
        for person, domains in can.items():
            fits = len(domains & asked.keys()) >= FEWEST
            if fits and person not in taken:
                people.append(person)
        held.hold(session, coordinator, people, id_of(job), now)
        taken.update(people)
    for person in sorted(taken):
        if person % EVERY:
            themselves = Actor(person, frozenset({SENIOR}))
            held.show(session, themselves, True, now)


def _can(session: Session) -> dict[int, set[int]]:
    """Return in which domains people can something, by who they are."""
    query = (
        select(Expertise.person_id, Expertise.domain_id)
        .join(Person, col(Person.id) == Expertise.person_id)
        .where(Expertise.level >= 1, col(Person.left_on).is_(None))
        .order_by(col(Expertise.person_id))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, domain_id in session.exec(query):
        found[person_id].add(domain_id)
    return found
