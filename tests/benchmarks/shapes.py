"""Rounds of other shapes than a company's, of any size: what makes one engine slow may make another quick."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array

from mentorship.matching import Ints, Problem

FEW, CHOICES = 35, 12


def shaped(shape: str, requests: int, seed: int = 1) -> Problem:
    """Return a round of a shape; the same seed, the same round."""
    return SHAPES[shape](np.random.default_rng(seed), requests)


def few_mentors(rng: np.random.Generator, requests: int) -> Problem:
    """35 mentors, who have nearly as many places together as there are requests; each could take one in three."""
    wanted = rng.random((requests, FEW)) < 1 / 3
    request, mentor = np.nonzero(wanted)
    scores = _scores(request, mentor, rng.integers(300, 1000, len(request)) / 1000, (requests, FEW))
    places = rng.multinomial(int(0.95 * requests), np.full(FEW, 1 / FEW))
    return Problem(scores, places, 0, 0.3, 1e-4)


def many_places(rng: np.random.Generator, requests: int) -> Problem:
    """A mentor per twenty requests, with thirty places each; twelve choices a request."""
    mentors = max(CHOICES, requests // 20)
    request, mentor = _choices(rng, requests, mentors, np.full(mentors, 1 / mentors))
    scores = _scores(request, mentor, rng.integers(300, 1000, len(request)) / 1000, (requests, mentors))
    return Problem(scores, np.full(mentors, 30), 0, 0.3, 0.001)


def chain(_rng: np.random.Generator, requests: int) -> Problem:
    """Everybody could have their own mentor, and would rather have the next one; only the last of these is free."""
    row = np.repeat(np.arange(requests), 2)
    column = np.stack([np.arange(requests), np.arange(requests) + 1], axis=1).ravel()
    return Problem(_scores(row, column, np.tile([0.5, 0.500001], requests), (requests, requests + 1)), 1)


def residents(rng: np.random.Generator, requests: int) -> Problem:
    """Residents who rank a few hospitals, popular ones more often, and hospitals of twenty places that rank them."""
    hospitals = max(CHOICES, requests // 20)
    popular = 1 / np.arange(1, hospitals + 1) ** 0.5
    request, mentor = _choices(rng, requests, hospitals, popular / popular.sum())
    ranked = 1 - np.tile(np.arange(CHOICES), requests) / CHOICES
    preferred = rng.random(len(request))
    worth = np.round(0.1 + 0.45 * ranked + 0.45 * preferred, 3)
    return Problem(_scores(request, mentor, worth, (requests, hospitals)), 20)


def _choices(rng: np.random.Generator, requests: int, mentors: int, popular: np.ndarray) -> tuple[Ints, Ints]:
    """Return pairs in which each request has so many different mentors, in an order drawn by how popular they are."""
    edges = np.cumsum(popular)
    chosen = np.stack([_distinct(rng, edges) for _ in range(requests)])
    return np.repeat(np.arange(requests), CHOICES), chosen.ravel()


def _distinct(rng: np.random.Generator, edges: np.ndarray) -> Ints:
    """Draw different mentors, by drawing again who came twice; `edges` add up how popular they are."""
    found: dict[int, None] = {}
    while len(found) < CHOICES:
        for one in np.searchsorted(edges, rng.random(CHOICES) * edges[-1]).tolist():
            found.setdefault(min(one, len(edges) - 1))
    return np.array(list(found)[:CHOICES])


def _scores(request: Ints, mentor: Ints, score: np.ndarray, shape: tuple[int, int]) -> csr_array:
    return csr_array((score, (request, mentor)), shape=shape)


SHAPES: dict[str, Callable[[np.random.Generator, int], Problem]] = {
    "few-mentors": few_mentors,
    "many-places": many_places,
    "chain": chain,
    "residents": residents,
}
