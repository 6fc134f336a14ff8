"""Small instances and problems in few words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from scipy.sparse import block_diag, csr_array

from mentorship.matching import Instance, Mentors, Problem, Relations, Requests, Timetable

MONDAY = date(2026, 1, 5).toordinal()
EARLY, LATE, NIGHT, DAYTIME = (360, 840), (840, 1320), (1320, 1800), (450, 960)
DOMAINS = 4


def week(*shifts, start=MONDAY, off=()):
    """A roster from its days: each a shift, several, or None."""
    return Timetable.of(start, [blocks(shift) for shift in shifts], off)


def blocks(shift):
    """What is worked on a day with one shift, several, or None."""
    if not shift:
        return ()
    return shift if isinstance(shift[0], tuple) else (shift,)


def days_of(timetable):
    """The days of the one roster of a timetable."""
    ((_, pattern),) = timetable.pieces
    return pattern.days


DAY_WORKER = week(*[DAYTIME] * 5, None, None)
TWO_SHIFT = week(*[EARLY] * 5, None, None, *[LATE] * 5, None, None)
FIVE_SHIFT = week(EARLY, EARLY, LATE, LATE, NIGHT, NIGHT, None, None, None, None)


@dataclass
class Junior:
    person: int = 1
    site: int = 1
    roster: Timetable | None = DAY_WORKER
    languages: int = 1
    remote: bool = False
    needs: tuple = ((0, 1, 3, 1),)  # domain, current, target, importance
    forms: tuple = (np.nan,) * 5


@dataclass
class Senior:
    person: int = 100
    site: int = 1
    roster: Timetable | None = DAY_WORKER
    languages: int = 1
    remote: bool = False
    level: tuple = (4, 0, 0, 0)
    comfort: tuple = (np.nan,) * 5
    places: int = 1
    load: int = 0
    paused: bool = False


@dataclass
class Known:
    line: list = field(default_factory=list)
    apart: list = field(default_factory=list)
    wished: list = field(default_factory=list)


def instance(juniors, seniors, known=None, remote_domain=(False,) * DOMAINS, urgency=(0.0,) * DOMAINS):
    """All arrays of a round from plain records."""
    known = known or Known()
    timetables = list(dict.fromkeys(p.roster for p in [*juniors, *seniors] if p.roster))

    def ints(people, name, *shape):
        return np.array([getattr(p, name) for p in people], dtype=np.int64).reshape(len(people), *shape)

    def flags(people, name):
        return np.array([getattr(p, name) for p in people], dtype=np.bool_)

    def floats(people, name):
        return np.array([getattr(p, name) for p in people], dtype=np.float64).reshape(len(people), 5)

    def rosters(people):
        return np.array([timetables.index(p.roster) if p.roster else -1 for p in people], dtype=np.int64)

    def pairs(rows):
        return np.array(rows, dtype=np.int64).reshape(-1, 2)

    absent = (-1, 0, 0, 0)
    needs = [[*j.needs, absent, absent][:3] for j in juniors]
    need = np.array(needs, dtype=np.int64).reshape(len(juniors), 3, 4)
    about = [
        (ints(p, "person"), ints(p, "site"), rosters(p), ints(p, "languages"), flags(p, "remote"))
        for p in (juniors, seniors)
    ]
    return Instance(
        Requests(*about[0], *(need[:, :, column] for column in range(4)), floats(juniors, "forms")),
        Mentors(
            *about[1],
            ints(seniors, "level", DOMAINS),
            floats(seniors, "comfort"),
            ints(seniors, "places"),
            ints(seniors, "load"),
            flags(seniors, "paused"),
        ),
        Relations(pairs(known.line), pairs(known.apart), pairs(known.wished)),
        tuple(timetables),
        np.array(remote_domain, dtype=np.bool_),
        np.array(urgency, dtype=np.float64),
    )


ROSTERS = (
    None,
    DAY_WORKER,
    week(*[DAYTIME] * 5, None, None, off=[2]),
    TWO_SHIFT,
    FIVE_SHIFT,
    week(*[NIGHT] * 5, None, None),
    week(*[None] * 13, (600, 700)),
)


def random_instance(rng, juniors, seniors):
    """Everything that can differ between people, drawn so that each rule stops some pairs."""

    def person(number):
        return {
            "person": number,
            "site": int(rng.integers(1, 3)),
            "roster": ROSTERS[int(rng.choice(len(ROSTERS), p=[0.04, 0.4, 0.2, 0.14, 0.12, 0.05, 0.05]))],
            "languages": int(rng.choice([1, 1, 3, 2, 0])),
            "remote": bool(rng.random() < 0.6),
        }

    def some_needs():
        for domain in rng.permutation(DOMAINS)[: rng.integers(1, 4)]:
            current = int(rng.integers(0, 4))
            yield int(domain), current, int(rng.integers(current + 1, 6)), int(rng.integers(1, 4))

    def maybe(values):
        return tuple(map(float, values)) if rng.random() < 0.8 else (np.nan,) * 5

    def relation():
        return [tuple(map(int, rng.choice(everyone, 2, replace=False))) for _ in range(len(everyone) // 2)]

    asking = [
        Junior(**person(n), needs=tuple(some_needs()), forms=maybe(1 + rng.permutation(5))) for n in range(juniors)
    ]
    guiding = [
        Senior(
            **person(juniors - 2 + n),  # two people are both: a mentor in one domain, a junior in another
            level=tuple(int(x) for x in rng.choice([0, 2, 3, 4, 5], DOMAINS)),
            comfort=maybe(rng.integers(0, 5, 5)),
            places=int(rng.integers(0, 4)),
            load=int(rng.integers(0, 3)),
            paused=bool(rng.random() < 0.1),
        )
        for n in range(seniors)
    ]
    everyone = [p.person for p in [*asking, *guiding]]
    known = Known(relation(), relation(), relation()) if len(set(everyone)) > 1 else Known()
    return instance(asking, guiding, known, rng.random(DOMAINS) < 0.5, rng.random(DOMAINS))


def problem_of(parts, shape, **more):
    """A `Problem` from whole millionths: (scores by pair, capacity, load, floor, spread, unmatched, locked)."""
    scores, capacity, load, floor, spread, unmatched, locked = parts
    rows, columns = zip(*scores, strict=True) if scores else ((), ())
    return Problem(
        csr_array((np.array(list(scores.values()), dtype=float) / 1e6, (rows, columns)), shape=shape),
        np.array(capacity, dtype=np.int64),
        np.array(load, dtype=np.int64),
        floor / 1e6,
        spread / 1e6,
        "last_resort" if unmatched is None else unmatched / 1e6,
        locked,
        **more,
    )


def random_parts(rng, requests, mentors, density=0.6, ties=None):
    """Draw what `problem_of` takes; half of the instances are full of equal scores."""
    ties = rng.random() < 0.5 if ties is None else ties
    grid = np.array([250_000, 500_000, 1_000_000]) if ties else np.arange(1, 1_000_001)
    scores = {(r, m): int(rng.choice(grid)) for r in range(requests) for m in range(mentors) if rng.random() < density}
    capacity = [int(x) for x in rng.integers(0, 4, mentors)]
    load = [int(x) for x in rng.integers(0, 4, mentors)]
    floor = int(rng.choice([0, 0, 250_000, 400_000]))
    spread = int(rng.choice([0, 20_000, 250_000, 1_000_000]))
    unmatched = None if rng.random() < 0.5 else int(rng.choice([0, 100_000, 250_000, 1_000_000]))
    locked, left = [], list(capacity)
    for r, m in rng.permutation(np.array([*scores]).reshape(-1, 2)).tolist():
        if rng.random() < 0.15 and left[m] and scores[r, m] >= floor and r not in [x for x, _ in locked]:
            locked.append((r, m))
            left[m] -= 1
    return scores, capacity, load, floor, spread, unmatched, locked


def small_rounds(seed, count):
    """Yield random small rounds as (parts, requests)."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        requests, mentors = int(rng.integers(0, 6)), int(rng.integers(0, 4))
        yield random_parts(rng, requests, mentors, density=float(rng.choice([0.3, 0.6, 1.0]))), requests


def sites(seed: int, count: int, spread: float = 0.02) -> Problem:
    """A round over sites that no pair joins, in shuffled rows."""
    rng = np.random.default_rng(seed)
    blocks, capacity = [], []
    for _ in range(count):
        requests, mentors = int(rng.integers(1, 60)), int(rng.integers(1, 25))
        grid = rng.integers(1, 1000, (requests, mentors)) / 1000 * (rng.random((requests, mentors)) < 0.3)
        blocks.append(csr_array(grid))
        capacity.append(rng.integers(0, 5, mentors))
    whole = csr_array(block_diag(blocks, format="csr"))
    rows, columns = rng.permutation(whole.shape[0]), rng.permutation(whole.shape[1])
    return Problem(csr_array(whole[rows][:, columns]), np.concatenate(capacity)[columns], spread=spread)
