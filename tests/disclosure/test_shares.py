"""Groups of five or more, several ways at once."""

from __future__ import annotations

import random

import numpy as np

from mentorship.disclosure import FEWEST, grouped
from tests.disclosure.adversary import isolated


def sizes(parted: dict[str, dict[int, str]]) -> dict[str, list[tuple[str | None, int]]]:
    found = {}
    for name, groups in grouped(parted).items():
        found[name] = [(group.key, len(group.members)) for group in groups]
    return found


def test_what_is_small_is_put_together() -> None:
    keys = dict(enumerate("a" * 9 + "b" * 3 + "c" * 2 + "d" * 1))
    assert sizes({"site": keys}) == {"site": [("a", 9), (None, 6)]}


def test_a_large_one_goes_along_where_the_small_one_would_follow() -> None:
    keys = dict(enumerate("a" * 9 + "b" * 7 + "c" * 2))
    assert sizes({"site": keys}) == {"site": [("a", 9), (None, 9)]}


def test_nothing_is_shown_of_four() -> None:
    assert sizes({"site": dict(enumerate("aaaa"))}) == {"site": []}
    assert grouped({}) == {}


def test_everybody_stands_in_one_group_of_each_way() -> None:
    keys = dict(enumerate("a" * 9 + "b" * 7 + "c" * 2))
    (groups,) = grouped({"site": keys}).values()
    together = [person for group in groups for person in group.members]
    assert sorted(together) == sorted(keys)


def test_no_combination_of_the_ways_is_of_fewer_than_five() -> None:
    for seed in range(60):
        dice = random.Random(seed)
        people = range(dice.randint(5, 28))
        parted = {name: {p: dice.choice("aaabbc") for p in people} for name in ("site", "shift", "hours")}
        rows = []
        for groups in grouped(parted).values():
            for group in groups:
                assert len(group.members) >= FEWEST
                rows.append([float(p in group.members) for p in people])
        assert isolated(np.array(rows), list(people)) == (), seed
