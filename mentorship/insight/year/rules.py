"""A year ahead, month by month, from what is known today. Pure.

Nothing is guessed: a pair ends on the earliest day that is known for it, and one of which none is known runs on; who
waits or is expected takes a place from then on and keeps it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

MONTHS = 12
MOST = 999
TOO_MANY = N_("Give a whole number from 0 to 999.")
OTHER_MONTH = N_("Choose a month of the coming year.")


@dataclass(frozen=True)
class Offer:
    """Places that count: from which day on (None: today) and until and including which (None: no end is known)."""

    places: int
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether these places are there on a day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Month:
    """One month: places, and what takes them on its first day (this month: today); what happens in it.

    `asking`: who waits today, and who came by then. `ends`, `leavers` and `newcomers` are those of this month.
    """

    first: date
    places: int
    running: int
    asking: int
    ends: int
    leavers: int
    newcomers: int

    @property
    def over(self) -> int:
        """Return the places left when all who ask have one; below 0 so many are short."""
        return self.places - self.running - self.asking


def months(today: date) -> list[date]:
    """Return today, and the first days of the months after it."""
    found = [today]
    for _ in range(MONTHS):
        found.append(_after(found[-1]))
    return found


def ahead(
    today: date,
    offers: Sequence[Offer],
    ends: Sequence[date | None],
    waiting: int,
    expected: Mapping[date, int],
) -> list[Month]:
    """Return the coming year: `ends` is the last day of each pair or proposal, None where none is known."""
    days = months(today)
    # very many are alike
    offered = Counter(offers)
    ending = Counter(ends)
    leaving = Counter(offer.until for offer in offers)
    asking = waiting
    found = []
    for day, following in pairwise([*days, _after(days[-1])]):
        # whoever comes this month is, or soon is, among who waits
        newcomers = expected.get(day, 0) if day > today else 0
        asking += newcomers
        month = Month(
            first=day,
            places=sum(offer.places * number for offer, number in offered.items() if offer.holds(day)),
            running=sum(number for end, number in ending.items() if end is None or end >= day),
            asking=asking,
            ends=_between(day, following, ending),
            leavers=_between(day, following, leaving),
            newcomers=newcomers,
        )
        found.append(month)
    return found


def _between(first: date, following: date, days: Mapping[date | None, int]) -> int:
    return sum(number for day, number in days.items() if day is not None and first <= day < following)


def _after(day: date) -> date:
    """Return the first day of the month after the one in which a day falls."""
    year, month = divmod(day.year * MONTHS + day.month, MONTHS)
    return date(year, month + 1, 1)


def check_expected(month: date, number: int, today: date) -> None:
    """Refuse what is no number of people, or no month of the coming year."""
    if not 0 <= number <= MOST:
        raise Refused(TOO_MANY)
    if month not in months(today)[1:]:
        raise Refused(OTHER_MONTH)
