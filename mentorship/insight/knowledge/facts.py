"""What the knowledge map is counted from, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mentorship.mentorships.goals.paces import Step

VERY_HIGH, HIGH, MODERATE, LOW = 4, 3, 2, 1
Bands = Sequence[tuple[int, int]]
"""From which figure of the risk on it is called so, the highest first; below these it is low."""


@dataclass(frozen=True)
class Field:
    """A domain: what it is called, whether it is critical, and whether it can be learnt from afar."""

    domain_id: int
    title: str
    critical: bool
    remote: bool


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a domain, whether they want to pass it on, and how long they stay."""

    domain_id: int
    person_id: int
    site_id: int
    willing: bool
    horizon: str


@dataclass(frozen=True)
class Grower:
    """A junior whose running pair has a goal in a domain that is not reached yet; since when they are at that level."""

    domain_id: int
    person_id: int
    site_id: int
    reached: int
    target: int
    since: date
    horizon: str


@dataclass(frozen=True)
class Offer:
    """A mentor who wants to pass a domain on and can, and how many of their places are free."""

    domain_id: int
    person_id: int
    site_id: int
    free: int


@dataclass(frozen=True)
class Facts:
    """Everything there is on a day, of everybody or of one site; `asked`: domain and site of each open request."""

    today: date
    fields: Sequence[Field]
    holders: Sequence[Holder]
    growers: Sequence[Grower]
    offers: Sequence[Offer]
    asked: Sequence[tuple[int, int]]
    taken: Sequence[Step]
    sites: Mapping[int, str]
    bands: Bands

    def of_site(self, site_id: int) -> Facts:
        """Return what there is at one site; how long a step takes stays that of everybody."""
        return replace(
            self,
            holders=[one for one in self.holders if one.site_id == site_id],
            growers=[one for one in self.growers if one.site_id == site_id],
            offers=[one for one in self.offers if one.site_id == site_id],
            asked=[one for one in self.asked if one[1] == site_id],
        )
