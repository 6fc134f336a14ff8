"""For whom the best round of today finds nobody, by domain and site, and the place that would help most. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from mentorship.rounds.waiting.queries import Today
from mentorship.rounds.waiting.standing import Gain, Standing
from mentorship.rounds.waiting.waits import Waits

Key = tuple[int, int]
"""A domain and a site."""


@dataclass(frozen=True)
class Short:
    """Where places are short: how many stay without a mentor, and the one place more that brings the most, if any."""

    domain_id: int
    site_id: int
    without: int
    gain: Gain | None

    @property
    def helps(self) -> bool:
        """Tell whether one more place brings somebody a mentor."""
        return self.gain is not None and self.gain.requests > 0


def shortages(found: Today) -> list[Short]:
    """Return where somebody stays without a mentor in the best round of today, the most first."""
    groups: dict[Key, list[int]] = defaultdict(list)
    for waits in _without(found):
        key = waits.domains[0], waits.site_id
        groups[key].append(waits.request_id)
    barred = found.not_asked_now
    shorts = [
        Short(
            *key,
            len(group),
            _best(
                found.standing,
                barred,
                group,
            ),
        )
        for key, group in groups.items()
    ]
    return sorted(
        shorts,
        key=lambda short: (
            -short.without,
            not short.helps,
            short.domain_id,
            short.site_id,
        ),
    )


def _without(found: Today) -> Iterator[Waits]:
    """Yield who would get nobody today, of those whom no round has a mentor for."""
    standing = found.standing
    for waits in found.waiting:
        request_id = waits.request_id
        if request_id in found.in_rounds or not standing.knows(request_id):
            continue
        if waits.domains and standing.result.mentor[standing.rows[request_id]] < 0:
            yield waits


def _best(standing: Standing, barred: Collection[int], group: Collection[int]) -> Gain | None:
    """Return the mentor of whom one more place brings the most, of those who could then guide one of these."""
    edges = standing.problem.edges
    theirs = standing.pairs_of(group)
    requests = edges.request[theirs]
    mentors = edges.mentor[theirs]
    ids = standing.gathered.mentor_ids[mentors]
    out = np.isin(ids, list(barred)) | standing.gathered.instance.mentors.paused[mentors]
    if out.all():
        return None
    helped, value = standing.gains[mentors].T
    best = np.lexsort((-ids, value, helped, ~out))[-1]
    return standing.gain(
        int(ids[best]),
        int(standing.gathered.request_ids[requests[best]]),
    )
