"""Writes the HR export of an organisation that does not exist, from a number of people and a seed number."""

from __future__ import annotations

import csv
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from mentorship.demo.names import FAMILY, GIVEN
from mentorship.hr_import.reading.sheets import DOMAINS, DUOS, EXPERTISE, PEOPLE, PREFERENCES, REQUESTS, ROSTERS, SHIFTS

BUNDLED = Path(__file__).parent / "installatiebedrijf"
FEWEST, MOST = 20, 5000
SITES = ("Rotterdam-Botlek", "Eindhoven", "Ede", "Leeuwarden", "Terneuzen")
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
BY_DAY = ("DAG", "DAG", "DAG-ADV", "DT4")
TEAMS = (
    BY_DAY, ("2P-A", "2P-B", "DAG"), ("3P-A", "3P-B", "3P-C"), ("5P-A", "5P-B", "5P-C", "5P-D", "5P-E"),
    ("5P3-A", "5P3-B", "5P3-C", "5P3-D", "5P3-E"),
)  # fmt: skip
"""The rosters that the people of one line are on."""
TEAM_SHARES = (60, 15, 5, 14, 6)
JUNIOR, SENIOR, BOTH, MANAGER, EMPLOYEE = "junior", "senior", "senior,junior", "leidinggevende", "medewerker"
JUNIORS, SENIORS, ALSO_JUNIOR = 0.35, 0.40, 0.04
PAIRED, ASKING, WITH_MAIL, AT_SCHOOL, AT_A_DISTANCE = 0.1, 0.9, 0.8, 0.3, 0.3
GOALS = (
    "zelfstandig storingen verhelpen", "alleen op pad kunnen", "het vak goed leren", "zelf kunnen inregelen",
    "de lastige klussen aandurven", "weten waarom iets zo zit",
)  # fmt: skip
PLANS = ("onbekend", "< 1 jaar", "1-3 jaar", "3-5 jaar", "> 5 jaar")
Row = Sequence[object]


@dataclass
class _Employee:
    number: str
    site: str
    department: str
    role: str
    manager: str
    roster: str = "DAG"
    levels: dict[str, int] = field(default_factory=dict)
    passes_on: set[str] = field(default_factory=set)
    places: int = 0
    hours: float = 0


def write(folder: Path, people: int, seed: int, on: date) -> None:
    """Write the files of an export as it would be made on a day; the same arguments give the same bytes."""
    if not FEWEST <= people <= MOST:
        raise ValueError(f"people must be {FEWEST} to {MOST}")
    folder.mkdir(parents=True, exist_ok=True)
    for spec in (SHIFTS, ROSTERS, DOMAINS):
        shutil.copyfile(BUNDLED / spec.name, folder / spec.name)
    chance = Random(f"{people} {seed}")  # noqa: S311 (the same every time)
    staff = _staff(chance, people)
    duos = list(_duos(chance, staff, on))
    paired = {junior for _, junior, *_ in duos}
    asking = [one for one in staff if JUNIOR in one.role and one.number not in paired and chance.random() < ASKING]
    rows: dict[str, tuple[Sequence[str], Iterable[Row]]] = {
        PEOPLE.name: (_COLUMNS, [_person(chance, one) for one in staff]),
        EXPERTISE.name: (EXPERTISE.required, [row for one in staff for row in _expertise(one)]),
        PREFERENCES.name: (PREFERENCES.required, [_preference(chance, one) for one in staff if one.levels]),
        REQUESTS.name: ((*REQUESTS.required, *REQUESTS.optional), [r for one in asking for r in _needs(chance, one)]),
        DUOS.name: (DUOS.required, duos),
    }
    for name, (columns, found) in rows.items():
        with (folder / name).open("w", encoding="cp1252", newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([columns, *found])


def _staff(chance: Random, people: int) -> list[_Employee]:
    """Return everybody: a director, heads of sites, two at the office, and lines with their managers."""
    numbers = iter(range(10_000, 10_000 + 7 * people, 7))

    def employ(site: str, department: str, role: str, manager: str = "") -> _Employee:
        staff.append(_Employee(str(next(numbers)), site, department, role, manager))
        return staff[-1]

    staff: list[_Employee] = []
    sites = SITES[: 2 + sum(people >= least for least in SITE_FROM)]
    director = employ(sites[0], "Directie", MANAGER).number
    heads = dict.fromkeys(sites, director)
    if people >= SITE_FROM[0]:
        heads = {site: employ(site, "Vestigingsleiding", MANAGER, director).number for site in sites}
    for _ in range(2):
        employ(sites[0], "Personeel & organisatie", EMPLOYEE, director)
    sizes = _sizes(chance, people - len(staff))
    roles = _roles(chance, people, sum(sizes) - len(sizes))
    for place, size in enumerate(sizes):
        site, department = sites[place % len(sites)], list(CRAFTS)[place // len(sites) % len(CRAFTS)]
        manager = employ(site, department, MANAGER, heads[site])
        teams = chance.choices(TEAMS, TEAM_SHARES)[0]
        for _ in range(size - 1):
            one = employ(site, department, next(roles), manager.number)
            _learn(chance, one, teams)
    return staff


def _sizes(chance: Random, people: int) -> list[int]:
    """Return how many people each line has, its manager among them."""
    lines = -(-people // LINE)
    sizes = [people // lines + (place < people % lines) for place in range(lines)]
    for _ in range(3 * lines):
        giving, taking = chance.randrange(lines), chance.randrange(lines)
        if giving != taking and sizes[giving] > 8 and sizes[taking] < 15:
            sizes[giving], sizes[taking] = sizes[giving] - 1, sizes[taking] + 1
    return sizes


def _roles(chance: Random, people: int, places: int) -> Iterator[str]:
    """Return the roles of those in a line, mixed."""
    juniors, seniors = round(JUNIORS * people), round(SENIORS * people)
    both = round(ALSO_JUNIOR * seniors)
    roles = [JUNIOR] * juniors + [BOTH] * both + [SENIOR] * (seniors - both)
    roles = roles[:places] + [EMPLOYEE] * (places - len(roles))
    chance.shuffle(roles)
    return iter(roles)


def _learn(chance: Random, one: _Employee, teams: Sequence[str]) -> None:
    """Give somebody in a line a roster, levels in their craft, and as a senior places."""
    one.roster = chance.choice(teams)
    crafts = CRAFTS[one.department]
    if SENIOR in one.role:
        for domain in chance.sample(crafts, chance.randint(2, len(crafts))):
            one.levels[domain] = chance.choices((2, 3, 4, 5), (1, 4, 5, 2))[0]
            if one.levels[domain] > 2 and chance.random() < 0.85:
                one.passes_on.add(domain)
        one.places = chance.choices((0, 1, 2, 3), (1, 6, 4, 1))[0]
        one.hours = one.places * 2 + chance.choice((0, 0, 0.5, 1, 2)) if one.places else 0
    elif JUNIOR in one.role:
        for domain in chance.sample(crafts, chance.randint(1, 3)):
            one.levels[domain] = chance.choices((0, 1, 2), (2, 3, 1))[0]


_COLUMNS = (
    "Medewerkernummer", "Roepnaam", "Voorvoegsel", "Achternaam", "E-mail werk", "Vestiging", "Afdeling", "Rol",
    "Leidinggevende", "Rooster", "Schooldag", "Talen", "In dienst", "Plaatsen mentor", "Uren mentor p/w",
    "Verwachte uitstroom", "Op afstand",
)  # fmt: skip


def _person(chance: Random, one: _Employee) -> Row:
    given, (infix, family) = chance.choice(GIVEN), chance.choice(FAMILY)
    office = one.role in (MANAGER, EMPLOYEE) and not one.levels and one.roster == "DAG"
    mail = _address(given, infix, family, one.number) if office or chance.random() < WITH_MAIL - 0.05 else ""
    school = chance.choice(("ma", "di", "wo", "do")) if one.role == JUNIOR and chance.random() < AT_SCHOOL else ""
    hired = date(1995, 1, 2) + timedelta(days=chance.randrange(11_000))
    return (
        one.number, given, infix, family, mail, one.site, one.department, one.role, one.manager, one.roster,
        school if one.roster in BY_DAY else "", chance.choices(("nl", "nl,en", "nl,de", "nl,pl"), (80, 14, 3, 3))[0],
        hired.strftime("%d-%m-%Y"), one.places if SENIOR in one.role else "",
        f"{one.hours:g}".replace(".", ",") if SENIOR in one.role else "", chance.choices(PLANS, (6, 1, 2, 2, 4))[0],
        "ja" if chance.random() < AT_A_DISTANCE else "nee",
    )  # fmt: skip


def _address(given: str, infix: str, family: str, number: str) -> str:
    plain = unicodedata.normalize("NFD", f"{given}.{infix}{family}.{number}".lower())
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c == ".")) + "@example.nl"


def _expertise(one: _Employee) -> list[Row]:
    return [
        (one.number, domain, level, "ja" if domain in one.passes_on else "nee") for domain, level in one.levels.items()
    ]


def _preference(chance: Random, one: _Employee) -> Row:
    """Return how a junior wants to learn, or how each way suits a mentor."""
    figures = chance.sample(range(1, 6), 5) if JUNIOR in one.role else [chance.randint(0, 4) for _ in range(5)]
    return (one.number, *figures)


def _needs(chance: Random, one: _Employee) -> Iterator[Row]:
    """Yield the needs of a junior, the main one first: something known a little, or new."""
    wanted = chance.sample(CRAFTS[one.department], chance.choices((1, 2, 3), (5, 3, 2))[0])
    for place, domain in enumerate(sorted(wanted, key=lambda d: one.levels.get(d, 0) >= 3)):
        current = min(one.levels.get(domain, 0), 4)
        target = min(5, current + chance.choice((1, 2, 2, 3)))
        yield one.number, domain, current, target, 3 - place, chance.choice(GOALS) if place == 0 else ""


def _duos(chance: Random, staff: Sequence[_Employee], on: date) -> Iterator[Row]:
    """Yield pairs that run already, of a mentor and a junior of one line who work side by side."""
    left = {one.number: min(one.places, int(one.hours // 2)) for one in staff}
    juniors = [one for one in staff if one.role == JUNIOR]
    for junior in chance.sample(juniors, round(PAIRED * len(juniors))):
        near = [
            one
            for one in staff
            if (one.site, one.manager, one.roster) == (junior.site, junior.manager, junior.roster)
            and left[one.number]
            and one.passes_on
        ]
        if near:
            mentor = chance.choice(near)
            left[mentor.number] -= 1
            since = on - timedelta(days=chance.randint(20, 200))
            domain = max(sorted(mentor.passes_on), key=lambda d: mentor.levels[d])
            yield mentor.number, junior.number, domain, since.strftime("%d-%m-%Y")
