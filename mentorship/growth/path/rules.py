"""The steps from what somebody can to what a job asks, each after what it builds on. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from mentorship.base.db import id_of
from mentorship.base.i18n import N_
from mentorship.growth.models import Course

DONE, NOW, LATER = "done", "now", "later"
GUIDED = 2
"""From this level on guidance is past its beginning: basics are no longer asked first."""
MOST = 6
"""So many directions can be chosen at once."""
ENOUGH = N_("Six directions are chosen. Let one go first.")


@dataclass(frozen=True)
class Proof:
    """A certificate that is valid: what it is called, and until when (None: without end)."""

    title: str
    ends_on: date | None


@dataclass(frozen=True)
class Stands:
    """How somebody stands: their levels, what running pairs work towards, and the courses they followed.

    `proven`: by domain what a certificate that is valid is called, and until when; it stands for the basics.
    """

    have: Mapping[int, int] = field(default_factory=dict)
    goals: Mapping[int, int] = field(default_factory=dict)
    followed: Collection[int] = ()
    proven: Mapping[int, Proof] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step: a domain to a level, or a training course outside that comes with it."""

    domain_id: int
    state: str
    have: int
    need: int
    course: Course | None = None


@dataclass(frozen=True)
class Learned:
    """How domains are learned here: in which courses, and after which other domains."""

    courses: Mapping[int, Sequence[Course]] = field(default_factory=dict)
    bases: Mapping[int, Collection[int]] = field(default_factory=dict)


def in_order(domains: Sequence[int], bases: Mapping[int, Collection[int]]) -> list[int]:
    """Return the domains, each after those it builds on; of those that may come next the one that is named first."""
    place = {domain_id: number for number, domain_id in enumerate(domains)}
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for domain_id in domains:
        sorter.add(domain_id, *(base for base in bases.get(domain_id, ()) if base in place))
    sorter.prepare()
    found: list[int] = []
    ready: list[tuple[int, int]] = []
    while sorter.is_active():
        for domain_id in sorter.get_ready():
            heappush(ready, (place[domain_id], domain_id))
        _place, first = heappop(ready)
        found.append(first)
        sorter.done(first)
    return found


def steps(asked: Mapping[int, int], stands: Stands, learned: Learned) -> list[Step]:
    """Return the steps to what a job asks: those that are done, those under way, and the rest as they build."""
    found = []
    for domain_id in in_order(list(asked), learned.bases):
        found += _of_domain(domain_id, asked[domain_id], stands, learned)
    place = (DONE, NOW, LATER)
    return sorted(found, key=lambda step: place.index(step.state))


def _of_domain(domain_id: int, need: int, stands: Stands, learned: Learned) -> list[Step]:
    have = stands.have.get(domain_id, 0)
    state = _state(have, need, stands.goals.get(domain_id, 0))
    found = []
    basics_first = state == LATER and have < GUIDED and domain_id not in stands.proven
    for course in learned.courses.get(domain_id, ()):
        if id_of(course) in stands.followed:
            found.append(Step(domain_id, DONE, have, need, course))
        elif course.basics and basics_first:
            found.append(Step(domain_id, LATER, have, need, course))
    return [*found, Step(domain_id, state, have, need)]


def _state(have: int, need: int, goal: int) -> str:
    if have >= need:
        return DONE
    return NOW if goal >= need else LATER


def left(asked: Mapping[int, int], have: Mapping[int, int]) -> list[int]:
    """Return the domains that a job asks and that somebody does not have so far."""
    return [domain_id for domain_id, need in asked.items() if have.get(domain_id, 0) < need]


def reached(asked: Mapping[int, int], have: Mapping[int, int]) -> dict[int, int]:
    """Return the levels of somebody once they have what a job asks."""
    return {domain_id: max(have.get(domain_id, 0), asked.get(domain_id, 0)) for domain_id in have.keys() | asked.keys()}
