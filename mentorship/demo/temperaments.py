"""How people are and how duos go: who answers when, and what they say as the weeks pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

from mentorship.checkins.balance import PACE
from mentorship.mentorships.rules import JUNIOR, MENTOR

WELL = "well"
RESERVE = "reserve"
STUCK = "stuck"
SINKING = "sinking"
RECOVERING = "recovering"
COURSES: Mapping[str, Mapping[str, Sequence[tuple[int, float]]]] = {
    WELL: {JUNIOR: [(0, 4.2)], MENTOR: [(0, 4.1)]},
    RESERVE: {JUNIOR: [(0, 4.2)], MENTOR: [(0, 3.6), (5, 2.2)]},
    STUCK: {JUNIOR: [(0, 3.2), (5, 2.0)], MENTOR: [(0, 4.1)]},
    SINKING: {JUNIOR: [(0, 4.2), (10, 1.8)], MENTOR: [(0, 4.0), (8, 1.8)]},
    RECOVERING: {JUNIOR: [(0, 2.0), (6, 2.0), (11, 4.2)], MENTOR: [(0, 2.4), (6, 2.2), (11, 4.1)]},
}
"""How each side answers on average, at so many weeks; straight from the one to the next, then as it is."""
PACES = {1: 3, 2: 1, 3: 2, 4: 2, 5: 2}
"""Which of the three steps of the pace is said by who answers so much to the rest."""
DECK = (*[WELL] * 13, *[RESERVE] * 3, STUCK, STUCK, SINKING, RECOVERING)


@dataclass
class Temperament:
    """One person: how likely they pass a check-in by or skip it, note their weeks; `mood` drifts as time passes."""

    forgets: float
    skips: float
    notes: float
    mood: float


class Temperaments:
    """Everybody's temperament and every duo's course, each drawn when it is first asked for."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._people: dict[int, Temperament] = {}
        self._courses: dict[int, str] = {}
        self._deck: list[str] = []

    def of(self, person_id: int) -> Temperament:
        """Return how somebody is."""
        if person_id not in self._people:
            self._people[person_id] = self._drawn()
        return self._people[person_id]

    def _drawn(self) -> Temperament:
        chance = self._chance
        forgets = 0.6
        if chance.random() >= 0.08:
            forgets = chance.betavariate(1.5, 14)
        notes = chance.choices((0.95, 0.6, 0.1), (6, 3, 1))[0]
        return Temperament(
            forgets,
            skips=chance.uniform(0, 0.08),
            notes=notes,
            mood=chance.gauss(0, 0.25),
        )

    def course(self, pair_id: int) -> str:
        """Return how a duo goes."""
        if pair_id not in self._courses:
            if not self._deck:
                self._deck = list(DECK)
                self._chance.shuffle(self._deck)
            self._courses[pair_id] = self._deck.pop()
        return self._courses[pair_id]

    def mean(self, pair_id: int, side: str, person_id: int, weeks: float) -> float:
        """Return how one side answers on average, after so many weeks, in the mood they are in."""
        person = self.of(person_id)
        mood = person.mood + self._chance.gauss(0, 0.1)
        person.mood = max(-0.6, min(0.6, mood))
        course = COURSES[self.course(pair_id)]
        return _between(course[side], weeks) + person.mood

    def answers(self, keys: Sequence[str], mean: float) -> dict[str, int | None]:
        """Return somebody's answers; now and then a question does not apply."""
        found = {}
        for key in keys:
            answer = self._answer(mean)
            if key == PACE and answer is not None:
                answer = PACES[answer]
            found[key] = answer
        return found

    def _answer(self, mean: float) -> int | None:
        if self._chance.random() < 0.04:
            return None
        step = round(self._chance.gauss(mean, 0.6))
        return min(5, max(1, step))


def _between(points: Sequence[tuple[int, float]], weeks: float) -> float:
    for (before, low), (after, high) in pairwise(points):
        if weeks < after:
            passed = max(0.0, weeks - before)
            return low + (high - low) * passed / (after - before)
    _, last = points[-1]
    return last


def weeks_between(begun: date, today: date) -> float:
    """Return how many weeks a duo has lasted."""
    return (today - begun).days / 7
