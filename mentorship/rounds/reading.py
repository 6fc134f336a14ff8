"""Reads the records a round is gathered from: who asks, who can guide, and what the match needs to know of anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mentorship.base import collecting
from mentorship.base.db import id_of
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need
from mentorship.mentorships import queries as mentorships
from mentorship.people.managers import others_above
from mentorship.people.models import Person
from mentorship.people.objections import MATCHING, objected
from mentorship.profiles import coverage
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Domain, FormWish, Wish
from mentorship.profiles.rosters import queries as rosters
from mentorship.profiles.rosters.models import WorkTime
from mentorship.profiles.rosters.patterns import default_name
from mentorship.rounds import guiding
from mentorship.rounds.facts import MentorFacts, NeedFacts, Pair, PersonFacts, Records, RequestFacts
from mentorship.rounds.guiding import Forms


@collecting.paused()
def records(
    session: Session,
    site_ids: Collection[int],
    today: date,
    only: Pair | None = None,
    mentors: Collection[MentorFacts] | None = None,
) -> Records:
    """Return all that a round over these sites (none: all) is gathered from; a fixed number of queries.

    `only` narrows it to one pair (request, mentor); `mentors` are those to go by, where not those of today.
    """
    domains = profiles.domains(session)
    asked = _requests(session, site_ids)
    if mentors is None:
        mentors = guiding.mentors(session, today)
    if only is not None:
        request_id, mentor_id = only
        asked = [request for request in asked if request.id == request_id]
        mentors = [mentor for mentor in mentors if mentor.person == mentor_id]
    return Records(
        people=people_facts(session, today),
        requests=tuple(asked),
        mentors=tuple(mentors),
        remote_domains=remote_domains(domains),
        urgency=_urgency(session, domains, today),
        apart=tuple(_apart(session)),
        wished=tuple(_wishes(session, wanted=True)),
        day=today.toordinal(),
        default_roster=default_name(session),
    )


def people_facts(session: Session, today: date, only: Collection[int] | None = None) -> dict[int, PersonFacts]:
    """Return what the match needs to know of everybody (or these) from today on; a fixed number of queries."""
    known = rosters.timetables_to_match(session, today, only)
    work_times = select(WorkTime.person_id, WorkTime.remote)
    if only is not None:
        work_times = work_times.where(col(WorkTime.person_id).in_(only))
    remote = dict(session.exec(work_times).all())
    others = others_above(session)
    found: dict[int, PersonFacts] = {}
    # also who left: the reporting line goes on above them
    everybody = select(
        col(Person.id),
        col(Person.site_id),
        col(Person.languages),
        col(Person.manager_id),
    )
    if only is not None:
        everybody = everybody.where(col(Person.id).in_(only))
    for person_id, site_id, languages, manager_id in session.exec(everybody):
        assert person_id is not None
        found[person_id] = PersonFacts(
            person_id,
            site_id,
            _spoken(languages),
            manager_id,
            remote.get(person_id, False),
            known.of(person_id),
            known.is_default(person_id),
            others.get(person_id, ()),
        )
    return found


@cache
def _spoken(languages: str) -> frozenset[str]:
    return frozenset(languages.split(","))


def remote_domains(domains: Iterable[Domain]) -> dict[int, bool]:
    """Tell of each domain whether it can be learned at a distance."""
    return {id_of(domain): domain.remote for domain in domains}


def _requests(session: Session, site_ids: Collection[int]) -> list[RequestFacts]:
    query = select(
        col(MentorRequest.id),
        col(MentorRequest.person_id),
        col(MentorRequest.waited),
        col(MentorRequest.trainer),
    )
    query = query.join(
        Person,
        col(Person.id) == MentorRequest.person_id,
    )
    query = query.where(
        MentorRequest.status == OPEN,
        col(Person.left_on).is_(None),
        col(MentorRequest.person_id).not_in(objected(MATCHING)),
    )
    if site_ids:
        query = query.where(col(Person.site_id).in_(list(site_ids)))
    rows = session.exec(query).all()
    needs = _needs(session)
    wanted = _wanted_forms(session)
    found = []
    for request_id, person_id, waited, trainer in rows:
        if request_id in needs:
            asked = RequestFacts(
                request_id,
                person_id,
                tuple(needs[request_id]),
                wanted.get(person_id),
                waited,
                trainer,
            )
            found.append(asked)
    return found


def _needs(session: Session) -> dict[int, list[NeedFacts]]:
    """Return the needs of all open requests, the main one first."""
    columns = (
        col(Need.request_id),
        col(Need.domain_id),
        col(Need.current_level),
        col(Need.target_level),
        col(Need.importance),
    )
    query = sa.select(*columns).join(
        MentorRequest,
        col(MentorRequest.id) == Need.request_id,
    )
    query = query.where(col(MentorRequest.status) == OPEN)
    in_order = query.order_by(
        col(Need.request_id),
        col(Need.position),
    )
    found: dict[int, list[NeedFacts]] = defaultdict(list)
    for request_id, domain, current, target, importance in session.execute(in_order):
        found[request_id].append(NeedFacts(domain, current, target, importance))
    return found


def _wanted_forms(session: Session) -> dict[int, Forms]:
    """Return by person how much they want to learn in each form."""
    rows = select(
        FormWish.person_id,
        FormWish.form,
        FormWish.weight,
    )
    found: dict[int, Forms] = defaultdict(dict)
    for person_id, form, weight in session.exec(rows):
        found[person_id][form] = weight
    return found


def _wishes(session: Session, *, wanted: bool) -> list[Pair]:
    """Return who named whom: as wanted, or as rather not."""
    query = select(
        Wish.person_id,
        Wish.other_id,
    )
    query = query.where(
        col(Wish.wanted).is_(wanted),
    )
    return [(person_id, other_id) for person_id, other_id in session.exec(query)]


def _apart(session: Session) -> list[Pair]:
    """Return who is not paired: one said "rather not", or they were a pair before."""
    return [
        *_wishes(session, wanted=False),
        *mentorships.apart(session),
    ]


def _urgency(session: Session, domains: Iterable[Domain], today: date) -> dict[int, float]:
    """Return how much it counts that a domain is passed on, by the risk that it is lost."""
    horizons = profiles.horizons(session, today)
    found = {}
    for domain in domains:
        domain_id = id_of(domain)
        at_risk = coverage.risk(domain.critical, horizons.get(domain_id, []))
        found[domain_id] = at_risk.urgency
    return found
