"""The knowledge map: the risk of each domain, who holds it now and in five years, and who grows towards it. Pure."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mentorship.insight.knowledge.arriving import Paces, Weeks
from mentorship.insight.knowledge.facts import HIGH, LOW, Bands, Facts, Field, Grower, Holder
from mentorship.profiles.coverage import ALONE, HOLDS, UNKNOWN, Risk, risk

YEARS = (0, 1, 3, 5)
"""Now, and the ends of what people can say of how long they stay."""
WEEKS = 52
GONE_BY = {"under_1": 1, "1_to_3": 3, "3_to_5": 5}
"""By how many years from now somebody is gone, by what they said; who said nothing or longer stays."""
SOONEST_FIRST = ("under_1", "1_to_3", "3_to_5", "over_5", UNKNOWN)


@dataclass(frozen=True)
class Outlook:
    """How many hold something at each of `YEARS`: if nobody grows, and with the pairs that run."""

    without: tuple[int, ...]
    with_pairs: tuple[int, ...]

    @property
    def now(self) -> int:
        """Return how many hold it today."""
        return self.without[0]

    @property
    def lost(self) -> int:
        """Return how many are lost at the end if nobody grows."""
        return self.now - self.without[-1]

    @property
    def kept(self) -> int:
        """Return how many the running pairs bring by the end."""
        return self.with_pairs[-1] - self.without[-1]


@dataclass(frozen=True)
class Growing:
    """A junior who grows in a domain: when they reach their goal, and when they hold the domain, if that is known."""

    grower: Grower
    goal: Weeks | None
    holding: Weeks | None

    @property
    def holds_by(self) -> int | None:
        """Return in how many weeks they hold the domain at the latest; None where the goal is less, or not known."""
        if self.grower.target < HOLDS or self.holding is None:
            return None
        return self.holding.most


@dataclass(frozen=True)
class Row:
    """A domain on the map."""

    field: Field
    risk: Risk
    band: int
    holders: tuple[Holder, ...]
    growing: tuple[Growing, ...]
    outlook: Outlook
    free: int
    asked: int

    @property
    def willing(self) -> int:
        """Return how many of its holders want to pass it on."""
        return sum(holder.willing for holder in self.holders)

    @property
    def not_known(self) -> int:
        """Return of how many juniors who are to hold it the pace does not tell when."""
        return sum(one.holding is None and one.grower.target >= HOLDS for one in self.growing)

    @property
    def leans_on_one(self) -> bool:
        """Tell whether one person holds it, or nobody."""
        return len(self.holders) <= ALONE

    @property
    def first(self) -> Weeks | None:
        """Return when the first of those who grow reaches their goal, of whom that is known."""
        known = [one.goal for one in self.growing if one.goal is not None]
        return min(known, key=lambda weeks: (weeks.most, weeks.least), default=None)


def band(figure: float, bands: Bands) -> int:
    """Return what a risk is called, 1 (low) to 4 (very high)."""
    for least, called in bands:
        if figure >= least:
            return called
    return LOW


def band_ends(figure: float, bands: Bands) -> tuple[float, float]:
    """Return from which figure on, and up to which, a risk is called the same."""
    above = math.inf
    for least, _called in bands:
        if figure >= least:
            return least, above
        above = least
    return -math.inf, above


def stays(horizon: str, years: int) -> bool:
    """Tell whether somebody is still here so many years from now, by what they said; who said nothing is."""
    return years < GONE_BY.get(horizon, years + 1)


def rows(facts: Facts) -> list[Row]:
    """Return every domain as it stands, the highest risk first."""
    holders: dict[int, list[Holder]] = defaultdict(list)
    for holder in facts.holders:
        holders[holder.domain_id].append(holder)
    growing = _grown(facts)
    free = Counter[int]()
    for offer in facts.offers:
        free[offer.domain_id] += offer.free
    asked = Counter(domain_id for domain_id, _site_id in facts.asked)
    found = []
    for each in facts.fields:
        key = each.domain_id
        row = _row(
            each,
            holders[key],
            growing[key],
            free[key],
            asked[key],
            facts.bands,
        )
        found.append(row)
    return sorted(found, key=_worst)


def _worst(row: Row) -> tuple[float, bool, str]:
    title = row.field.title.casefold()
    return -row.risk.figure, not row.field.critical, title


def _grown(facts: Facts) -> dict[int, list[Growing]]:
    """Return who grows in each domain, and when they get there."""
    paces = Paces(facts.taken)
    found: dict[int, list[Growing]] = defaultdict(list)
    for grower in facts.growers:
        one = Growing(
            grower,
            paces.until(grower, grower.target, facts.today),
            paces.until(grower, HOLDS, facts.today),
        )
        found[grower.domain_id].append(one)
    return found


def _row(
    field: Field,
    holders: Sequence[Holder],
    growing: Sequence[Growing],
    free: int,
    asked: int,
    bands: Bands,
) -> Row:
    held = sorted(holders, key=_soonest)
    horizons = [holder.horizon for holder in held]
    at_risk = risk(field.critical, horizons)
    return Row(
        field=field,
        risk=at_risk,
        band=band(at_risk.figure, bands),
        holders=tuple(held),
        growing=tuple(growing),
        outlook=outlook(held, growing),
        free=free,
        asked=asked,
    )


def _soonest(holder: Holder) -> tuple[int, int]:
    return SOONEST_FIRST.index(holder.horizon), holder.person_id


def outlook(holders: Sequence[Holder], growing: Sequence[Growing]) -> Outlook:
    """Return how many hold a domain now and later; a junior counts once, from the latest day that they take."""
    held = {holder.person_id for holder in holders}
    arrives: dict[int, int] = {}
    horizons: dict[int, str] = {}
    for one in growing:
        person_id = one.grower.person_id
        if one.holds_by is None or person_id in held:
            continue
        arrives[person_id] = min(one.holds_by, arrives.get(person_id, one.holds_by))
        horizons[person_id] = one.grower.horizon
    without = []
    with_pairs = []
    for years in YEARS:
        here = sum(stays(holder.horizon, years) for holder in holders)
        grown = 0
        for person_id, weeks in arrives.items():
            in_time = weeks <= years * WEEKS and years > 0
            grown += in_time and stays(horizons[person_id], years)
        without.append(here)
        with_pairs.append(here + grown)
    return Outlook(tuple(without), tuple(with_pairs))


def together(found: Iterable[Row]) -> Outlook:
    """Return the holders of several domains, added up: who holds two counts twice."""
    without = [0] * len(YEARS)
    with_pairs = [0] * len(YEARS)
    for row in found:
        for place, number in enumerate(row.outlook.without):
            without[place] += number
        for place, number in enumerate(row.outlook.with_pairs):
            with_pairs[place] += number
    return Outlook(tuple(without), tuple(with_pairs))


def thin(found: Iterable[Row]) -> list[Row]:
    """Return the domains that one person holds at most in five years, if nobody grows."""
    return [row for row in found if row.outlook.without[-1] <= ALONE]


def repaired(found: Iterable[Row]) -> list[Row]:
    """Return the domains that lean on one person now, and on more within a year by the pairs that run."""
    return [row for row in found if row.leans_on_one and row.outlook.with_pairs[1] > ALONE]


def critical(found: Iterable[Row]) -> list[Row]:
    """Return the critical domains."""
    return [row for row in found if row.field.critical]


def first_of_all(found: Sequence[Row]) -> Row | None:
    """Return where something must be done first: nobody grows there and the risk is high; else the highest risk."""
    pressing = [row for row in found if row.band >= HIGH]
    for row in pressing:
        if not row.growing:
            return row
    return pressing[0] if pressing else None
