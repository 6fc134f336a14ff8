"""The word for the whole tells of nobody how long they stay: every answer of everybody tried, in small organisations.

With PROVE=whole in the environment: 10,000 organisations.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from mentorship.insight.knowledge import rules
from mentorship.insight.knowledge.facts import Field, Holder
from mentorship.insight.knowledge.guarding import singles_nobody_out
from mentorship.insight.knowledge.whole import of_whole, said_how_long
from tests.insight.test_knowledge import BANDS, POINTS, facts

SEEDS = range(10_000) if os.environ.get("PROVE") == "whole" else range(150)
SAID = tuple(POINTS)


@dataclass
class Known:
    """What an attacker knows: who holds what, and who said something; not what."""

    held: list[tuple[int, ...]]
    """The people who hold each critical domain."""
    silent: set[int]


def drawn(seed: int) -> tuple[Known, dict[int, str]]:
    rng = random.Random(seed)
    people = range(rng.randint(2, 6))
    held = []
    for _domain in range(rng.randint(1, 4)):
        held.append(tuple(person for person in people if rng.random() < 0.6))
    silent = {person for person in people if rng.random() < 0.1}
    leaning = rng.choice([SAID, SAID[:1], SAID[-1:], SAID[2:]])
    said = {person: rng.choice(leaning if rng.random() < 0.8 else SAID) for person in people}
    return Known(held, silent), said


def word(known: Known, said: dict[int, str]) -> int:
    """The word once more, by itself: position from the number of holders, attrition from what they said."""
    total = 0.0
    for holders in known.held:
        position = 5 if len(holders) <= 1 else 4 if len(holders) <= 3 else 3
        points = [POINTS[said[person]] for person in holders if person not in known.silent]
        total += position * (sum(points) / len(points) if points else 3 if holders else 5)
    average = total / len(known.held) + 1e-12
    return 1 + (average >= 5) + (average >= 10) + (average >= 16)


def rows_of(known: Known, said: dict[int, str]) -> list[rules.Row]:
    fields = [Field(number, f"Domain {number}", True, False) for number in range(len(known.held))]
    holders = []
    for number, people in enumerate(known.held):
        for person in people:
            horizon = "unknown" if person in known.silent else said[person]
            holders.append(Holder(number, person, 1, True, horizon))
    return rules.rows(facts(fields=fields, holders=holders))


def derived(known: Known, published: int) -> set[int]:
    """Of whom it is known whether they leave within three years, by trying all that everybody could have said."""
    who = sorted({person for people in known.held for person in people} - known.silent)
    possible: dict[int, set[str]] = {person: set() for person in who}
    for answers in itertools.product(SAID, repeat=len(who)):
        guess = dict(zip(who, answers, strict=True))
        if word(known, guess) == published:
            for person, answer in guess.items():
                possible[person].add(answer)
    soon = {"under_1", "1_to_3"}
    return {person for person, answers in possible.items() if not answers & soon or answers <= soon}


def told(known: Known, said: dict[int, str]) -> int | None:
    found = rows_of(known, said)
    if said_how_long(found) < 5 or not singles_nobody_out(found, BANDS):
        return None
    return of_whole(found, BANDS)


@pytest.mark.long
def test_whoever_knows_who_holds_what_learns_of_nobody_whether_they_leave_soon():
    published, would_leak = 0, 0
    for seed in SEEDS:
        known, said = drawn(seed)
        found = told(known, said)
        if found is not None:
            assert found == word(known, said), seed
            assert not derived(known, found), f"organisation {seed}"
            published += 1
        elif said_how_long(rows_of(known, said)) >= 5:
            would_leak += bool(derived(known, word(known, said)))
    assert published > len(SEEDS) / 10, "and something is left to read"
    assert would_leak, "there were some of whom five answers told too much"


@pytest.mark.parametrize("horizon", SAID)
def test_a_word_that_only_one_story_fits_is_kept_back(horizon: str):
    held: Sequence[tuple[int, ...]] = [(0, 1, 2), (3, 4)]
    known = Known(list(held), set())
    said = dict.fromkeys(range(5), horizon)
    found = told(known, said)
    assert (found is None) == (horizon == "over_5"), "a low risk of so few says that everybody stays"


def test_it_is_worked_out_at_once_in_a_large_organisation():
    rng = random.Random(5)
    fields = [Field(number, f"Domain {number}", True, False) for number in range(60)]
    holders = []
    for person in range(3_000):
        for number in rng.sample(range(60), 2):
            holders.append(Holder(number, person, 1, True, rng.choice(SAID)))
    assert singles_nobody_out(rules.rows(facts(fields=fields, holders=holders)), BANDS)
