"""Where a round pinches: who competes for too few places, by domain and site, and where one more place helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.i18n import decimal, gettext, ngettext
from mentorship.mentor_requests.queries import needs_of
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.rounds import queries
from mentorship.rounds.gather import Terms
from mentorship.rounds.solution import Short, Stored, Worth

MOST = 50
"""Mentors, and bottlenecks, that a page shows; the first matter most."""


@dataclass(frozen=True)
class Asker:
    """A request that competes."""

    request_id: int
    junior: Person
    domain: str
    site: str


@dataclass(frozen=True)
class Bottleneck:
    """A bottleneck with names; `groups` count the requests by domain and site, the most first."""

    askers: list[Asker]
    mentors: list[Person]
    places: int
    groups: list[tuple[str, str, int]]


@dataclass(frozen=True)
class PlaceRow:
    """What a mentor's places are worth, ready to show."""

    mentor: Person
    site: str
    worth: Worth
    gain: str
    loss: str


def bottlenecks(session: Session, found: Sequence[Short]) -> list[Bottleneck]:
    """Return bottlenecks with names."""
    ids = [i for short in found for i in short.request_ids]
    requests, needs = queries.requests(session, ids), needs_of(session, ids)
    domains = {d.id: d.name for d in profiles.domains(session)}
    sites = {s.id: s.name for s in people.sites(session)}
    mentors = [i for short in found for i in short.mentor_ids]
    shown = people.persons(session, [*(r.person_id for r in requests.values()), *mentors])
    rows = []
    for short in found:
        askers = []
        for request_id in short.request_ids:
            junior = shown[requests[request_id].person_id]
            domain = domains[needs[request_id][0].domain_id] if request_id in needs else ""
            askers.append(Asker(request_id, junior, domain, sites[junior.site_id]))
        groups = Counter((a.domain, a.site) for a in askers)
        counted = [(domain, site, count) for (domain, site), count in groups.most_common()]
        rows.append(Bottleneck(askers, [shown[i] for i in short.mentor_ids], short.places, counted))
    return rows


def places(session: Session, stored: Stored, terms: Terms) -> tuple[list[PlaceRow], int]:
    """Return the mentors with whom one place more helps most, and how many more there are."""
    helpful = [w for w in stored.worth(terms) if any(w.gain)]
    shown = people.persons(session, [w.mentor_id for w in helpful[:MOST]])
    sites = {s.id: s.name for s in people.sites(session)}
    rows = []
    for worth in helpful[:MOST]:
        mentor = shown[worth.mentor_id]
        rows.append(PlaceRow(mentor, sites[mentor.site_id], worth, gained(worth.gain), gained(worth.loss)))
    return rows, max(0, len(helpful) - MOST)


def gained(change: tuple[float, ...]) -> str:
    """Say a change of the objective: matches first, then value."""
    if any(x != x for x in change):
        return gettext("every place is locked")
    words = []
    if len(change) == 2 and change[0]:
        words.append(ngettext("%(num)s match", "%(num)s matches", round(change[0])))
    if change[-1] or not words:
        words.append(gettext("value %(value)s", value=decimal(change[-1], 3, True)))
    return "; ".join(words)
