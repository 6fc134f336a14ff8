"""Three years lived week by week, and what the map had foretold of them: how many hold each domain then.

What happens is drawn by itself and shares nothing with the forecast: when somebody goes, some otherwise than they
said, and how long each step takes. The map knows what people said and the steps that others took before.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import pytest

from mentorship.insight.knowledge import rules
from mentorship.insight.knowledge.facts import Facts, Field, Grower, Holder
from mentorship.mentorships.goals.paces import Step
from tests.insight.test_knowledge import TODAY, facts

DOMAINS = range(12)
STEP_WEEKS = {1: 10.0, 2: 18.0, 3: 30.0, 4: 40.0}
"""How many weeks the step to a level takes in the middle."""
GOES = {"under_1": (0, 52), "1_to_3": (52, 156), "3_to_5": (156, 260), "over_5": (260, 900)}
SURPRISED = 0.1
"""So many go at another time than they said."""
WORLDS = range(30)


def step_weeks(rng: random.Random, level: int) -> float:
    return STEP_WEEKS[level] * rng.lognormvariate(0, 0.35)


@dataclass
class Junior:
    domain: int
    stands: int
    weeks_left: float
    goes_in: float


@dataclass
class World:
    """What is true of everybody: who holds what and when they go, who grows and how long their step still takes."""

    rng: random.Random
    holders: list[tuple[int, float]] = field(default_factory=list)
    juniors: list[Junior] = field(default_factory=list)

    def weeks(self) -> Iterator[Counter[int]]:
        """Live week by week; yield how many hold each domain at the end of each."""
        for week in range(1, 157):
            for junior in self.juniors:
                junior.weeks_left -= 1
                if junior.weeks_left <= 0 and junior.stands < 4:
                    junior.stands += 1
                    if junior.stands < 4:
                        junior.weeks_left += step_weeks(self.rng, junior.stands + 1)
            here = Counter(domain for domain, goes_in in self.holders if goes_in > week)
            here += Counter(one.domain for one in self.juniors if one.stands == 4 and one.goes_in > week)
            yield here


def goes(rng: random.Random) -> tuple[str, float]:
    """When somebody goes, in weeks, and what they say of it."""
    said = rng.choice(list(GOES))
    truth = rng.choice(list(GOES)) if rng.random() < SURPRISED else said
    return said, rng.uniform(*GOES[truth])


def drawn(seed: int) -> tuple[World, Facts]:
    rng = random.Random(seed)
    world = World(rng)
    holders, growers, taken = [], [], []
    people = iter(range(10_000))
    for domain in DOMAINS:
        for _holder in range(rng.randint(2, 7)):
            said, weeks = goes(rng)
            world.holders.append((domain, weeks))
            holders.append(Holder(domain, next(people), 1, True, said))
        for _junior in range(rng.randint(0, 4)):
            said, weeks = goes(rng)
            reached = rng.randint(0, 3)
            whole = step_weeks(rng, reached + 1)
            passed = rng.uniform(0, whole)
            world.juniors.append(Junior(domain, reached, whole - passed, weeks))
            since = TODAY - timedelta(weeks=passed)
            growers.append(Grower(domain, next(people), 1, reached, 4, since, said))
        for level in STEP_WEEKS:
            for _step in range(8):
                taken.append(Step(next(people), domain, level, step_weeks(rng, level)))
    fields = [Field(domain, f"Domain {domain:02}", True, False) for domain in DOMAINS]
    return world, facts(fields=fields, holders=holders, growers=growers, taken=taken)


@dataclass
class Compared:
    """Of every domain of every world: how many were foretold with and without the pairs, and how many there were."""

    with_pairs: list[int] = field(default_factory=list)
    without: list[int] = field(default_factory=list)
    lived: list[int] = field(default_factory=list)


@pytest.fixture(scope="module")
def compared() -> dict[int, Compared]:
    found = {1: Compared(), 3: Compared()}
    for seed in WORLDS:
        world, known = drawn(seed)
        foretold = {row.field.domain_id: row.outlook for row in rules.rows(known)}
        weeks = list(world.weeks())
        for years, one in found.items():
            place = rules.YEARS.index(years)
            for domain in DOMAINS:
                one.with_pairs.append(foretold[domain].with_pairs[place])
                one.without.append(foretold[domain].without[place])
                one.lived.append(weeks[years * 52 - 1][domain])
    return found


@pytest.mark.parametrize("years", [1, 3])
def test_as_many_hold_it_as_the_map_foretold(compared: dict[int, Compared], years: int):
    one = compared[years]
    foretold, lived = np.array(one.with_pairs), np.array(one.lived)
    assert abs(foretold.sum() / lived.sum() - 1) < 0.05, f"{foretold.sum()} foretold, {lived.sum()} there were"
    assert (abs(foretold - lived) <= 1).mean() > 0.9, "and of nearly every domain to one holder"


@pytest.mark.parametrize("years", [1, 3])
def test_it_foretells_better_with_the_pairs_than_without(compared: dict[int, Compared], years: int):
    one = compared[years]
    lived = np.array(one.lived)
    misses = [abs(np.array(foretold) - lived).mean() for foretold in (one.with_pairs, one.without)]
    assert misses[0] < 0.6 * misses[1], misses
