"""When who grows in a domain gets there, at the pace that steps took in this organisation. Pure.

A step that was begun is counted from the day on which the level before it was reached. Where fewer than five people
took a step before, nothing is known, and nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from mentorship.insight.knowledge.facts import Grower
from mentorship.mentorships.goals.paces import Pace, Step, pace

ANY_DOMAIN = 0
WEEK = 7


@dataclass(frozen=True)
class Weeks:
    """In how many weeks from now, at the least and at the most."""

    least: int
    most: int


@dataclass
class Paces:
    """How long each step takes here, looked up once for each domain and level."""

    taken: Sequence[Step]
    _of_level: dict[int, list[Step]] = field(init=False)
    _here: dict[tuple[int, int], list[Step]] = field(init=False)
    _known: dict[tuple[int, int], Pace | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the steps by what they are looked up by."""
        self._of_level = defaultdict(list)
        self._here = defaultdict(list)
        for step in self.taken:
            self._of_level[step.level].append(step)
            self._here[step.domain_id, step.level].append(step)

    def step(self, domain_id: int, level: int) -> Pace | None:
        """Return how long the step to a level takes: in this domain if enough took it there, else in all."""
        key = domain_id, level
        if key not in self._known:
            here = self._here.get(key, ())
            self._known[key] = pace(here, domain_id, level) or self._everywhere(level)
        return self._known[key]

    def _everywhere(self, level: int) -> Pace | None:
        key = ANY_DOMAIN, level
        if key not in self._known:
            self._known[key] = pace(self._of_level.get(level, ()), ANY_DOMAIN, level)
        return self._known[key]

    def until(self, grower: Grower, level: int, today: date) -> Weeks | None:
        """Return in how many weeks somebody is at a level; None where a step on the way is not known."""
        least = most = 0
        passed = max((today - grower.since).days, 0) // WEEK
        for step_to in range(grower.reached + 1, level + 1):
            found = self.step(grower.domain_id, step_to)
            if found is None:
                return None
            least += max(found.least - passed, 0)
            most += max(found.most - passed, 0)
            passed = 0
        return Weeks(least, most)
