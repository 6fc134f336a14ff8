"""The price of another mentor in one sentence: every word of it against the outcome that the engine then finds."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.sparse import csr_array

from mentorship.base.i18n import use_locale
from mentorship.matching import Problem, alternatives, solve
from mentorship.rounds.review.price import LITTLE, Changed, price

A, B = 800_000, 600_000
BIL = Changed("Bilal", A, B)


def english(own: Changed, others: list[Changed], *loss: float, waits: bool = False) -> str:
    with use_locale("en"):
        return price(own, others, loss, waits=waits)


@pytest.mark.parametrize(
    ("own", "others", "loss", "said"),
    [
        (Changed("Bilal", A, A), [], (0, 0.0), "Costs nobody anything: it fits as well for all."),
        (BIL, [], (0, 0.2), "Costs nobody a mentor and moves nobody else; for Bilal it fits 20 points less."),
        (
            BIL,
            [],
            (0, 0.18),
            "Costs nobody a mentor and moves nobody else; for Bilal it fits 20 points less; in all 18 points less.",
        ),
        (
            BIL,
            [Changed("Amina", A, A - LITTLE + 1)],
            (0, 0.25),
            "Costs nobody a mentor; for Bilal it fits 20 points less; "
            "1 other gets somebody who fits a little less: Amina; in all 25 points less.",
        ),
        (
            Changed("Bilal", None, A),
            [Changed("Amina", A, None)],
            (0, 0.0),
            "Costs 1 other a mentor: Amina; Bilal then has one; in all it is as good.",
        ),
        (
            BIL,
            [Changed("Amina", A, None)],
            (1, 0.7),
            "Costs 1 other a mentor: Amina; for Bilal it fits 20 points less.",
        ),
        (
            BIL,
            [Changed(name, A, B) for name in "EDCBA"],
            (0, 1.2),
            "Costs nobody a mentor; for Bilal it fits 20 points less; "
            "5 others get somebody who fits less: A, B, C, and 2 more; in all 120 points less.",
        ),
        (
            Changed("Bilal", A, A),
            [Changed("Amina", B, A), Changed("Cees", None, B), Changed("Daan", A, None)],
            (0, 0.001),
            "Costs 1 other a mentor: Daan; for Bilal it fits as well; 1 other then has one: Cees; "
            "1 other gets somebody who fits better: Amina; in all next to nothing less.",
        ),
    ],
)
def test_the_sentence_of(own: Changed, others: list[Changed], loss: tuple[float, ...], said: str):
    assert english(own, others, *loss) == said


def test_the_sentence_in_dutch():
    with use_locale("nl"):
        said = price(BIL, [Changed("Amina", A, A - 1)], (0, 0.2), waits=False)
    assert said == (
        "Kost niemand een mentor; voor Bilal past het 20 punten minder; "
        "1 ander krijgt iemand die iets minder past: Amina; samen past het 20 punten minder."
    )


@pytest.mark.parametrize("seed", range(30))
def test_who_moves_and_what_it_costs_add_up_to_the_engine(seed: int):
    """Whoever the sentence is made of, moved so, is an outcome that keeps the rules and costs just that."""
    chance = np.random.default_rng(seed)
    shape = 14, 7
    there = chance.random(shape) < 0.5
    scores = np.where(there, np.round(chance.uniform(0.3, 1, shape), 6), 0)
    problem = Problem(csr_array(scores), chance.integers(0, 3, shape[1]), chance.integers(0, 2, shape[1]), spread=0.02)
    result = solve(problem, seed)
    request = random.Random(seed).randrange(shape[0])
    for each in alternatives(problem, result.mentor, request, result.prices):
        fixed = Problem(problem.scores, problem.capacity, problem.load, spread=0.02, locked=[(request, each.mentor)])
        again = solve(fixed, seed)
        matches, value = (before - after for before, after in zip(result.objective, again.objective, strict=True))
        assert (round(each.loss[0]), round(1e6 * each.loss[1])) == (matches, value)
        moved = result.mentor.copy()
        moved[request] = each.mentor
        for mover, source, target in each.moves:
            assert moved[mover] == source
            moved[mover] = target
        held = np.bincount(moved[moved >= 0], minlength=shape[1])
        assert (held <= problem.capacity).all()
        assert (moved >= 0).sum() == again.objective[0]
