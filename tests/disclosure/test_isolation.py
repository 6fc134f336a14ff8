"""No combination of published figures isolates fewer than five people, whoever joins, leaves or passes over.

With PROVE=whole in the environment: 10,000 organisations, a quarter of an hour.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import pytest

from mentorship.disclosure import FEWEST, ORGANISATION, Counted, Earlier, Figure, Place, choose
from tests.disclosure.adversary import isolated, published_rows
from tests.disclosure.organisations import lived

SEEDS = range(10_000) if os.environ.get("PROVE") == "whole" else range(120)


def _naive(_earlier: Sequence[Earlier], counted: Sequence[Counted]) -> list[Figure]:
    """Publish whatever has five people: the rule that many have, and that does not do."""
    people: dict[Place, set[int]] = {}
    for one in counted:
        for place in one.places:
            people.setdefault(place, set()).add(one.person)
    return [Figure(place, 0.5, 5, "" if len(who) >= FEWEST else "few") for place, who in people.items()]


@pytest.mark.long
@pytest.mark.parametrize("held", [True, False], ids=["joiners held", "joiners at once"])
def test_no_combination_isolates_fewer_than_five(held: bool) -> None:
    published = 0
    for seed in SEEDS:
        made = lived(seed, held=held)
        rows, whose = published_rows(made.quarters)
        assert isolated(rows, whose) == (), f"organisation {seed}"
        published += len(rows)
    assert published > 2 * len(SEEDS), "and something is left to read"


@pytest.mark.long
def test_the_adversary_finds_whom_a_rule_of_five_alone_gives_away() -> None:
    caught = 0
    for seed in range(40):
        made = lived(seed, _naive, held=False)
        found = isolated(*published_rows(made.quarters))
        if found:
            assert len(found) < FEWEST
            caught += 1
    assert caught > 20


def test_the_adversary_agrees_with_what_is_seen_at_once() -> None:
    everybody = np.ones(9)
    some = np.array([1.0] * 6 + [0.0] * 3)
    people = list(range(9))
    assert isolated(np.array([everybody]), people) == ()
    three = set(isolated(np.array([everybody, some]), people))
    assert {6, 7, 8} <= three, "everybody less six of nine"
    assert isolated(np.array([some]), people) == ()


def test_most_of_a_larger_organisation_can_be_read() -> None:
    """What protects leaves something: of 200 people at four sites in five domains all ten stand at first."""
    counted = [Counted(n, n, n % 4, n % 5, (n * 7 % 17) / 16) for n in range(200)]
    first = choose((), counted)
    assert [figure.hidden for figure in first] == [""] * 10
    published = {figure.place for figure in first}
    later = [one for one in counted if one.person % 11] + [Counted(n, n, n % 4, n % 5, 0.5) for n in range(200, 220)]
    second = choose([Earlier(counted, published)], later)
    assert sum(not figure.hidden for figure in second) >= 8
    assert not second[0].hidden and second[0].place == Place(ORGANISATION)
