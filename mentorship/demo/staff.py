"""Who works in an organisation that does not exist: sites, lines, crafts, rosters, and what each can pass on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, product
from random import Random

SITES = (
    "Rotterdam-Botlek",
    "Eindhoven",
    "Ede",
    "Leeuwarden",
    "Terneuzen",
)
SITE_FROM = (100, 400, 1500)
"""From how many people there is a third, fourth and fifth site; from the first of these each has its own head."""
LINE = 13
"""People in a line, with its manager, when they are drawn; then some move, so that lines have 8 to 15."""
CRAFTS: Mapping[str, tuple[str, ...]] = {
    "Elektrotechniek": ("Laagspanning", "Middenspanning", "PLC-programmering", "Brandmeldinstallaties"),
    "Procesautomatisering": ("PLC-programmering", "Meet- en regeltechniek", "Instrumentatie", "Functional safety"),
    "Werktuigbouw": ("Hydrauliek", "Pneumatiek", "Uitlijnen", "TIG-lassen", "Pijpfitten"),
    "Klimaattechniek": ("Koudetechniek", "Warmtepompen", "Gebouwbeheersystemen", "Meet- en regeltechniek"),
    "Service & onderhoud": ("Storingsanalyse", "Laagspanning", "Hydrauliek", "Klantcontact op locatie"),
    "Engineering": ("Werkvoorbereiding", "BIM/Revit", "OT-cybersecurity", "Gebouwbeheersystemen"),
}
"""Each department with the domains that its people work in."""
DAY = "dagdienst"
BY_DAY = (DAY, DAY, "dagdienst met ADV", "dagdienst, vier dagen")


def _crews(system: str, crews: str) -> tuple[str, ...]:
    return tuple(f"{system}, ploeg {crew}" for crew in crews)


TEAMS = (
    BY_DAY,
    (*_crews("tweeploegen", "AB"), DAY),
    _crews("drieploegen", "ABC"),
    _crews("vijfploegen", "ABCDE"),
    _crews("vijfploegen per drie dagen", "ABCDE"),
)
"""The rosters that the people of one line are on."""
TEAM_SHARES = (60, 15, 5, 14, 6)
JUNIOR = "junior"
SENIOR = "senior"
BOTH = "senior,junior"
MANAGER = "leidinggevende"
EMPLOYEE = "medewerker"
JUNIORS = 0.35
SENIORS = 0.40
ALSO_JUNIOR = 0.04
PASSES_ON = 0.85
FIRST_NUMBER = 10_000
APART = 7
"""By how much a personnel number is higher than the one before it."""


@dataclass
class Employee:
    """Somebody, with the levels they have and the domains they want to pass on."""

    number: str
    site: str
    department: str
    role: str
    manager: str
    roster: str = DAY
    levels: dict[str, int] = field(default_factory=dict)
    passes_on: set[str] = field(default_factory=set)
    places: int = 0
    hours: float = 0

    def masters(self, domain: str) -> bool:
        """Tell whether they can work alone in a domain."""
        return self.levels.get(domain, 0) >= 3

    @property
    def team(self) -> tuple[str, str, str]:
        """Who has the same is at work beside them, under one manager."""
        return self.site, self.manager, self.roster


class _Payroll:
    """Everybody who was taken on, each with the next number."""

    def __init__(self, people: int) -> None:
        self.staff: list[Employee] = []
        beyond = FIRST_NUMBER + APART * people
        self._numbers = iter(range(FIRST_NUMBER, beyond, APART))

    def employ(self, site: str, department: str, role: str, manager: str = "") -> Employee:
        one = Employee(
            str(next(self._numbers)),
            site,
            department,
            role,
            manager,
        )
        self.staff.append(one)
        return one


def invented_staff(chance: Random, people: int) -> list[Employee]:
    """Return everybody: a director, heads of sites, three at the office, and lines with their managers."""
    payroll = _Payroll(people)
    sites = _sites(people)
    heads = _employ_heads(payroll, sites, people)
    in_lines = people - len(payroll.staff)
    sizes = _sizes(chance, in_lines)
    roles = _roles(chance, people, in_lines - len(sizes))
    # a line at each site in turn for one department, then for the next
    places = cycle(product(CRAFTS, sites))
    for size, (department, site) in zip(sizes, places, strict=False):
        manager = payroll.employ(
            site,
            department,
            MANAGER,
            heads[site],
        )
        teams = chance.choices(TEAMS, TEAM_SHARES)[0]
        for _ in range(size - 1):
            role = next(roles)
            one = payroll.employ(
                site,
                department,
                role,
                manager.number,
            )
            _learn(chance, one, teams)
    return payroll.staff


def _sites(people: int) -> Sequence[str]:
    number = 2
    for least in SITE_FROM:
        if people >= least:
            number += 1
    return SITES[:number]


def _employ_heads(payroll: _Payroll, sites: Sequence[str], people: int) -> dict[str, str]:
    """Employ those above the lines and at the office; return whom the managers of each site are under."""
    first = sites[0]
    director = payroll.employ(first, "Directie", MANAGER).number
    heads = dict.fromkeys(sites, director)
    if people >= SITE_FROM[0]:
        for site in sites:
            head = payroll.employ(
                site,
                "Vestigingsleiding",
                MANAGER,
                director,
            )
            heads[site] = head.number
    for _ in range(3):
        payroll.employ(
            first,
            "Personeel & organisatie",
            EMPLOYEE,
            director,
        )
    return heads


def _sizes(chance: Random, people: int) -> list[int]:
    """Return how many people each line has, its manager among them."""
    lines = -(-people // LINE)
    least, more = divmod(people, lines)
    sizes = [least + 1] * more + [least] * (lines - more)
    for _ in range(3 * lines):
        giving = chance.randrange(lines)
        taking = chance.randrange(lines)
        if giving != taking and sizes[giving] > 8 and sizes[taking] < 15:
            sizes[giving] -= 1
            sizes[taking] += 1
    return sizes


def _roles(chance: Random, people: int, places: int) -> Iterator[str]:
    """Return the roles of those in a line, mixed."""
    juniors = round(JUNIORS * people)
    seniors = round(SENIORS * people)
    both = round(ALSO_JUNIOR * seniors)
    roles = [JUNIOR] * juniors
    roles += [BOTH] * both
    roles += [SENIOR] * (seniors - both)
    del roles[places:]
    roles += [EMPLOYEE] * (places - len(roles))
    chance.shuffle(roles)
    return iter(roles)


def _learn(chance: Random, one: Employee, teams: Sequence[str]) -> None:
    """Give somebody in a line a roster, levels in their craft, and as a senior places."""
    one.roster = chance.choice(teams)
    crafts = CRAFTS[one.department]
    if SENIOR in one.role:
        _master(chance, one, crafts)
        _offer_places(chance, one)
    elif JUNIOR in one.role:
        known = chance.randint(1, 3)
        for domain in chance.sample(crafts, known):
            one.levels[domain] = chance.choices((0, 1, 2), (2, 3, 1))[0]


def _master(chance: Random, one: Employee, crafts: Sequence[str]) -> None:
    known = chance.randint(2, len(crafts))
    for domain in chance.sample(crafts, known):
        level = chance.choices((2, 3, 4, 5), (1, 4, 5, 2))[0]
        one.levels[domain] = level
        if level > 2 and chance.random() < PASSES_ON:
            one.passes_on.add(domain)


def _offer_places(chance: Random, one: Employee) -> None:
    one.places = chance.choices((0, 1, 2, 3), (1, 6, 4, 1))[0]
    if one.places:
        more = chance.choice((0, 0, 0.5, 1, 2))
        one.hours = one.places * 2 + more
