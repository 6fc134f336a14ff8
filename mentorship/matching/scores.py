"""How well an eligible pair fits: five criteria in [0, 1] and their weighted mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from mentorship.matching.arrays import Flags, Floats, Ints
from mentorship.matching.candidates import Instance, among
from mentorship.matching.eligibility import Eligible

CRITERIA = ("domain", "together", "preference", "continuity", "wish")
DEFAULT_WEIGHTS = {"domain": 0.40, "together": 0.25, "preference": 0.20, "continuity": 0.10, "wish": 0.05}
HIDDEN = "continuity"
"""The criterion that never enters the floor, and that only the coordinator sees."""
TOO_HIGH = 0.15
"""What a need loses when the mentor stands two or more levels above its target."""
UNKNOWN = 0.5


@dataclass(frozen=True)
class Scored:
    """The eligible pairs above the floor with their parts.

    `pair` (K,) rows of `Eligible`; `parts` (K, 5) in the order of `CRITERIA`; `score` and `visible` (K,) the weighted
    mean with and without continuity; `known` (K,) whether the preference is known on both sides.
    """

    pair: Ints
    parts: Floats
    score: Floats
    visible: Floats
    known: Flags

    def matrix(self, eligible: Eligible, shape: tuple[int, int]) -> csr_array:
        """Return the scores as a sparse array (R, M)."""
        at = (eligible.request[self.pair], eligible.mentor[self.pair])
        return csr_array((np.clip(self.score, 1e-6, 1.0), at), shape=shape)


def score_pairs(instance: Instance, eligible: Eligible, weights: Mapping[str, float], floor: float) -> Scored:
    """Score the eligible pairs; those whose score without continuity is under `floor` are left out.

    Raises
    ------
    ValueError
        If a weight is missing or not a number of 0 or more, if all but continuity are zero, or if `floor` is not in
        [0, 1].
    """
    weight, open_weight = _weights(weights)
    if not 0 <= floor <= 1:
        raise ValueError(f"floor must be between 0 and 1, not {floor}")
    r, m = eligible.request, eligible.mentor
    domain, continuity = _needs(instance, r, m)
    preference, known = _preference(instance, r, m)
    parts = np.column_stack([domain, _together(eligible), preference, continuity, _wish(instance, r, m)])
    score = parts @ weight / weight.sum()
    visible = parts @ open_weight / open_weight.sum()
    kept = np.flatnonzero(np.round(visible, 6) >= round(floor, 6))
    return Scored(kept, parts[kept], score[kept], visible[kept], known[kept])


def _weights(weights: Mapping[str, float]) -> tuple[Floats, Floats]:
    """Return the weights in the order of `CRITERIA`, and those of the score that everybody may see."""
    weight = np.array([float(weights.get(name, np.nan)) for name in CRITERIA])
    open_weight = np.where(np.array(CRITERIA) == HIDDEN, 0.0, weight)
    if not np.all((weight >= 0) & (weight < np.inf)) or not open_weight.sum():
        raise ValueError(f"weights must give {', '.join(CRITERIA)} 0 or more, and one besides continuity above 0")
    return weight, open_weight


def weighted(parts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted mean of the parts given; how a shown score is recomputed."""
    total = sum(weights[name] for name in parts)
    return sum(value * weights[name] for name, value in parts.items()) / total


def _needs(instance: Instance, r: Ints, m: Ints) -> tuple[Floats, Floats]:
    """Return the domain and continuity criteria (E,), means over needs weighted by importance."""
    needs = instance.requests
    domain, current, target = needs.domain[r], needs.current[r], needs.target[r]
    asked = domain >= 0
    importance = np.where(asked, needs.importance[r], 0).astype(float)
    level = np.where(asked, instance.mentors.level[m[:, None], domain], 0)
    coverage = np.clip((level - current) / np.maximum(target - current, 1), 0.0, 1.0)
    less = np.where(level >= target + 2, TOO_HIGH, 0.0)
    total = importance.sum(axis=1)
    urgency = np.where(asked, instance.urgency[domain], 0.0)
    return (
        (importance * (coverage - less)).sum(axis=1) / total,
        (importance * coverage * urgency).sum(axis=1) / total,
    )


def _together(eligible: Eligible) -> Floats:
    """Return the share of the junior's shifts that are together-shifts; for remote pairs the share of common hours."""
    if not len(eligible.request):
        return np.zeros(0)
    shifts = np.array([x.share_of_shifts for x in eligible.meetings])[eligible.meeting]
    hours = np.array([x.share_of_hours for x in eligible.meetings])[eligible.meeting]
    return np.where(eligible.remote, hours, shifts)


def _preference(instance: Instance, r: Ints, m: Ints) -> tuple[Floats, Flags]:
    """How well the mentor likes the forms the junior ranks high; 0.5 where one of the two is unknown."""
    wanted, comfort = instance.requests.wanted_forms[r] / 15.0, instance.mentors.comfort[m] / 4.0
    fit = (wanted * comfort).sum(axis=1)
    known = ~np.isnan(fit)
    return np.where(known, fit, UNKNOWN), known


def _wish(instance: Instance, r: Ints, m: Ints) -> Floats:
    """Return 1 where one of the two named the other as wanted, 0 elsewhere."""
    wished = instance.relations.wished
    junior, mentor = instance.requests.person[r], instance.mentors.person[m]
    return (among(junior, mentor, wished) | among(mentor, junior, wished)).astype(float)
