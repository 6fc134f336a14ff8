"""A made-up company of any size, as the plain records a round is gathered from; the same seed, the same company."""

from __future__ import annotations

from datetime import date

import numpy as np

from mentorship.matching import FORMS, Timetable
from mentorship.rounds.facts import MentorFacts, NeedFacts, PersonFacts, Records, RequestFacts

PER_SITE, DOMAINS, REMOTE = 500, 40, 0.10
_MONDAY = date(2026, 1, 5).toordinal()
_EARLY, _LATE, _NIGHT, _DAY = ((360, 840),), ((840, 1320),), ((1320, 1800),), ((450, 960),)
_WEEK = (_DAY,) * 5 + ((),) * 2
_TWO = (_EARLY,) * 5 + ((),) * 2 + (_LATE,) * 5 + ((),) * 2
_THREE = _TWO + (_NIGHT,) * 5 + ((),) * 2
_FIVE = (_EARLY,) * 2 + (_LATE,) * 2 + (_NIGHT,) * 2 + ((),) * 4
ROSTERS = tuple(
    Timetable.of(_MONDAY + start, cycle, off)
    for cycle, starts, offs in (
        (_WEEK, (0,), ((), (2,), (4,), (0,))),
        (_TWO, (0, 7), ((), (4,))),
        (_THREE, (0, 7, 14), ((),)),
        (_FIVE, (0, 2, 4, 6, 8), ((),)),
    )
    for start in starts
    for off in offs
)
_SHARE = np.repeat((0.5 / 4, 0.2 / 4, 0.1 / 3, 0.2 / 5), (4, 4, 3, 5))


def company(requests: int, seed: int = 1, mentors: int | None = None) -> Records:
    """Return `requests` requests, 0.4 mentors each with about as many places in all, one site per 500 requests.

    40 domains of unequal popularity, mixed rosters, one in ten able to work remotely, three in four speak Dutch.
    """
    rng = np.random.default_rng(seed)
    mentors, sites = mentors or int(0.4 * requests), max(1, requests // PER_SITE)
    popular = 1 / np.arange(1, DOMAINS + 1) ** 0.7
    popular /= popular.sum()
    people: dict[int, PersonFacts] = {}
    count = requests + mentors
    roster = rng.choice(len(ROSTERS), count, p=_SHARE)
    place, remote = rng.integers(sites, size=count), rng.random(count) < REMOTE
    speaks = rng.random((count, 3)) < (0.85, 0.35, 0.1)
    speaks[~speaks.any(axis=1), 0] = True
    words = np.array(["nl", "en", "pl"])
    for n in range(count):
        chief = requests + int(rng.integers(mentors)) + 1 if n < requests and rng.random() < 0.3 else None
        known = frozenset(words[speaks[n]].tolist())
        people[n + 1] = PersonFacts(n + 1, int(place[n]), known, chief, bool(remote[n]), ROSTERS[roster[n]])
    asked = tuple(
        RequestFacts(n + 1, n + 1, _needs(rng, popular), _ranking(rng) if rng.random() < 0.9 else None)
        for n in range(requests)
    )
    guides = tuple(_guide(rng, requests + n + 1, popular) for n in range(mentors))
    wished = _pairs(rng, requests, count, requests // 20)
    apart = _pairs(rng, requests, count, requests // 50)
    learnable = {d: bool(d % 4 == 0) for d in range(DOMAINS)}
    return Records(people, asked, guides, learnable, dict(enumerate(rng.random(DOMAINS).tolist())), apart, wished)


def _pairs(rng: np.random.Generator, requests: int, count: int, number: int) -> tuple[tuple[int, int], ...]:
    """Return so many pairs of somebody who asks and somebody who guides."""
    asking = rng.integers(1, requests, number)
    guiding = rng.integers(requests + 1, count, number)
    return tuple(zip(asking.tolist(), guiding.tolist(), strict=True))


def _needs(rng: np.random.Generator, popular: np.ndarray) -> tuple[NeedFacts, ...]:
    found = []
    for domain in rng.choice(DOMAINS, rng.integers(1, 4), replace=False, p=popular).tolist():
        current = int(rng.integers(0, 4))
        found.append(NeedFacts(domain, current, int(rng.integers(current + 1, 5)), int(rng.integers(1, 4))))
    return tuple(found)


def _ranking(rng: np.random.Generator) -> dict[str, int]:
    return dict(zip(FORMS, (rng.permutation(5) + 1).tolist(), strict=True))


def _guide(rng: np.random.Generator, number: int, popular: np.ndarray) -> MentorFacts:
    domains = rng.choice(DOMAINS, rng.integers(3, 9), replace=False, p=popular).tolist()
    levels = {d: int(rng.integers(3, 6)) for d in domains}
    comfort = dict(zip(FORMS, rng.integers(0, 5, 5).tolist(), strict=True)) if rng.random() < 0.9 else None
    return MentorFacts(number, levels, comfort, int(rng.integers(1, 5)), int(rng.integers(0, 2)), False)
