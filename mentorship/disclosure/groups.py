"""The lattice: the organisation, by site, by domain, never crossed; who is counted where, and what a figure says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 5
"""So many people, and so many pairs, stand behind every figure, and behind whatever can be computed from several."""
STEP = 0.05
"""Figures are rounded to this."""
ENDS = (0.0, 1.0)
BANDS = (50, 20, 10, FEWEST)
"""How many people there are is said as "so many or more": the number itself would help to take figures apart."""

ORGANISATION, SITE, DOMAIN = "organisation", "site", "domain"
LEVELS = (ORGANISATION, SITE, DOMAIN)

FEW = "few"
PROTECTS = "protects"
"""Why a figure is hidden. That all answered alike is not told apart from the rest: it would say what was answered."""


@dataclass(frozen=True, order=True)
class Place:
    """A place on the lattice: its level, and which site or domain (0 for the organisation)."""

    level: str
    key: int = 0


@dataclass(frozen=True)
class Counted:
    """What somebody said of one pair in a quarter: a value in [0, 1], None where only the membership is known."""

    person: int
    pair: int
    site: int
    domain: int
    value: float | None = None

    @property
    def places(self) -> tuple[Place, Place, Place]:
        """Return where it counts."""
        return (
            Place(ORGANISATION),
            Place(SITE, self.site),
            Place(DOMAIN, self.domain),
        )


@dataclass(frozen=True)
class Figure:
    """What is published of a place: the mean, rounded, and people as "so many or more"; or why it is hidden."""

    place: Place
    value: float | None
    people: int
    hidden: str = ""


def by_place(counted: Iterable[Counted]) -> dict[Place, list[Counted]]:
    """Return who counts where; the organisation is always there, the larger of a level stand first."""
    found = defaultdict[Place, list[Counted]](list)
    everybody = Place(ORGANISATION)
    found[everybody] = []
    for one in counted:
        for place in one.places:
            found[place].append(one)
    places = sorted(found)
    # what was sorted before keeps its order among equals
    places.sort(
        key=lambda place: len(found[place]),
        reverse=True,
    )
    places.sort(key=_level)
    ordered = {}
    for place in places:
        ordered[place] = found[place]
    return ordered


def _level(place: Place) -> int:
    return LEVELS.index(place.level)


def is_few(members: Iterable[Counted]) -> bool:
    """Tell whether fewer than five people or fewer than five pairs stand behind it."""
    people = set()
    pairs = set()
    for one in members:
        people.add(one.person)
        pairs.add(one.pair)
    if len(people) < FEWEST:
        return True
    return len(pairs) < FEWEST


def values(members: Iterable[Counted]) -> list[float]:
    """Return what they said, as far as it is known."""
    found = []
    for one in members:
        if one.value is not None:
            found.append(one.value)
    return found


def mean(members: Iterable[Counted]) -> float:
    """Return the mean of what they said, as it is published."""
    said = values(members)
    total = sum(said)
    number = len(said)
    return rounded(total / number)


def is_alike(members: Sequence[Counted]) -> bool:
    """Tell whether the figure would say what each of them answered: all alike, or all at an end of the scale."""
    said = values(members)
    if not said:
        return False
    shown = set(map(rounded, said))
    if len(shown) == 1:
        return True
    return mean(members) in ENDS


def rounded(value: float) -> float:
    """Return a value as it is published."""
    steps = value / STEP
    whole = round(steps)
    return round(whole * STEP, 2)


def band(people: int) -> int:
    """Return the greatest band that so many people reach; 0 for fewer than five."""
    for least in BANDS:
        if people >= least:
            return least
    return 0
