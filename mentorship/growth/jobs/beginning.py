"""The verb that begins with the usual jobs of a trade. It never commits."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.growth import queries
from mentorship.growth.jobs.actions import JobWords, add, ask
from mentorship.growth.jobs.starting import NewJob, of_trade
from mentorship.people.access import Actor
from mentorship.profiles.domains.actions import set_domain
from mentorship.profiles.domains.starting_lists import NewDomain
from mentorship.profiles.models import Domain
from mentorship.profiles.queries import domains

PROFILES_THERE = N_("There are job profiles already; change those.")


def start(session: Session, actor: Actor, trade: str, now: datetime) -> int:
    """Add the usual jobs of a trade where there are none yet, with the domains that they ask; return how many."""
    if queries.profiles(session):
        raise Refused(PROFILES_THERE)
    found = list(of_trade(trade))
    ids = {}
    for domain in domains(session):
        for name in _names(domain):
            ids[name] = id_of(domain)
    for job in found:
        _start_one(
            session,
            actor,
            job,
            ids,
            now,
        )
    return len(found)


def _start_one(session: Session, actor: Actor, job: NewJob, ids: dict[str, int], now: datetime) -> None:
    levels = {}
    for domain, level in job.levels:
        domain_id = _domain(
            session,
            actor,
            domain,
            ids,
            now,
        )
        levels[domain_id] = level
    words = JobWords(
        job.name,
        job.name_en,
        job.explanation,
        job.explanation_en,
    )
    row = add(
        session,
        actor,
        words,
        now,
    )
    ask(
        session,
        actor,
        id_of(row),
        levels,
        now,
    )


def _domain(session: Session, actor: Actor, wanted: NewDomain, ids: dict[str, int], now: datetime) -> int:
    """Return the domain that is called so in either language, made where it lacks."""
    for name in (wanted.name, wanted.name_en):
        if name.casefold() in ids:
            return ids[name.casefold()]
    made = set_domain(
        session,
        actor,
        None,
        now,
        **asdict(wanted),
    )
    for name in _names(made):
        ids[name] = id_of(made)
    return id_of(made)


def _names(domain: Domain) -> set[str]:
    return {name.casefold() for name in (domain.name, domain.name_en) if name}
