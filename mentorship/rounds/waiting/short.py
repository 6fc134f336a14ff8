"""Where the waiting list is short: the domains in which somebody finds nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.rounds.waiting.listed import Row
from mentorship.rounds.waiting.queries import Today


@dataclass(frozen=True)
class Short:
    """A domain in which somebody finds nobody: how many wait, places free with who can teach it, and who could."""

    domain_id: int
    waiting: int
    nobody: int
    free: int
    could: int


def shortages(found: Today, listed: Sequence[Row]) -> list[Short]:
    """Return the domains in which somebody finds nobody, the most of those first."""
    waiting = Counter(row.domain_id for row in listed)
    nobody = Counter(row.domain_id for row in listed if row.nobody and row.domain_id)
    shorts = []
    for domain_id, number in nobody.items():
        free, could = found.standing.in_domain(domain_id, found.mentors)
        shorts.append(
            Short(
                domain_id,
                waiting[domain_id],
                number,
                free,
                could,
            )
        )
    return sorted(
        shorts,
        key=lambda short: (
            -short.nobody,
            -short.waiting,
            short.domain_id,
        ),
    )
