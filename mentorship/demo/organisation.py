"""Writes the HR export of an organisation that does not exist, from a number of people and a seed number."""

from __future__ import annotations

import csv
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from mentorship.demo.goals import GOALS
from mentorship.demo.names import FAMILY, GIVEN
from mentorship.demo.staff import BY_DAY, CRAFTS, DAY, EMPLOYEE, JUNIOR, MANAGER, SENIOR, Employee, invented_staff
from mentorship.hr_import.reading.kinds import DOMAINS, DUOS, EXPERTISE, PEOPLE, PREFERENCES, REQUESTS, ROSTERS, SHIFTS

BUNDLED = Path(__file__).parent / "installatiebedrijf"
FIRST_HIRED = date(1995, 1, 2)
FEWEST = 20
MOST = 5000
PAIRED = 0.1
ASKING = 0.9
WITH_MAIL = 0.75
"""Of those who are not at the office, where everybody has an address."""
AT_SCHOOL = 0.3
AT_A_DISTANCE = 0.3
MOST_GOALS = 6
"""One draw for every domain, so that a goal more or less in one changes no other."""
SCHOOL_DAYS = ("ma", "di", "wo", "do")
LANGUAGES = ("nl", "nl,en", "nl,de", "nl,pl")
PLANS = ("onbekend", "< 1 jaar", "1-3 jaar", "3-5 jaar", "> 5 jaar")
COLUMNS = (
    "Medewerkernummer",
    "Roepnaam",
    "Voorvoegsel",
    "Achternaam",
    "E-mail werk",
    "Vestiging",
    "Afdeling",
    "Rol",
    "Leidinggevende",
    "Rooster",
    "Schooldag",
    "Talen",
    "In dienst",
    "Plaatsen mentor",
    "Uren mentor p/w",
    "Verwachte uitstroom",
    "Op afstand",
)
Row = Sequence[object]


def write(folder: Path, people: int, seed: int, on: date) -> None:
    """Write the files of an export as it would be made on a day; the same arguments give the same bytes."""
    if not FEWEST <= people <= MOST:
        raise ValueError(f"people must be {FEWEST} to {MOST}")
    folder.mkdir(parents=True, exist_ok=True)
    for spec in (SHIFTS, ROSTERS, DOMAINS):
        shutil.copyfile(BUNDLED / spec.name, folder / spec.name)
    chance = Random(f"{people} {seed}")  # noqa: S311 (the same every time)
    staff = invented_staff(chance, people)
    duos = list(_duos(chance, staff, on))
    asking = _asking(chance, staff, duos)
    _write_rows(
        folder / PEOPLE.name,
        COLUMNS,
        _people(chance, staff),
    )
    _write_rows(
        folder / EXPERTISE.name,
        (*EXPERTISE.required, *EXPERTISE.optional),
        _expertise(staff),
    )
    _write_rows(
        folder / PREFERENCES.name,
        PREFERENCES.required,
        _preferences(chance, staff),
    )
    _write_rows(
        folder / REQUESTS.name,
        (*REQUESTS.required, *REQUESTS.optional),
        _requests(chance, asking),
    )
    _write_rows(folder / DUOS.name, DUOS.required, duos)


def _write_rows(path: Path, columns: Row, rows: Iterable[Row]) -> None:
    with path.open(
        "w",
        encoding="cp1252",
        newline="",
    ) as file:
        writer = csv.writer(
            file,
            delimiter=";",
            lineterminator="\r\n",
        )
        writer.writerow(columns)
        writer.writerows(rows)


def _asking(chance: Random, staff: Sequence[Employee], duos: Sequence[Row]) -> list[Employee]:
    """Return the juniors who ask for a mentor: most of those who have none."""
    paired = {junior for _, junior, *_ in duos}
    found = []
    for one in staff:
        free = JUNIOR in one.role and one.number not in paired
        if free and chance.random() < ASKING:
            found.append(one)
    return found


def _people(chance: Random, staff: Sequence[Employee]) -> Iterator[Row]:
    for one in staff:
        given = chance.choice(GIVEN)
        infix, family = chance.choice(FAMILY)
        mail = ""
        if _at_the_office(one) or chance.random() < WITH_MAIL:
            mail = _address(given, infix, family, one.number)
        school = ""
        if one.role == JUNIOR and chance.random() < AT_SCHOOL:
            school = chance.choice(SCHOOL_DAYS)
        hired = FIRST_HIRED + timedelta(days=chance.randrange(11_000))
        yield (
            one.number,
            given,
            infix,
            family,
            mail,
            one.site,
            one.department,
            one.role,
            one.manager,
            one.roster,
            school if one.roster in BY_DAY else "",
            chance.choices(LANGUAGES, (80, 14, 3, 3))[0],
            hired.strftime("%d-%m-%Y"),
            *_capacity(one),
            chance.choices(PLANS, (6, 1, 2, 2, 4))[0],
            _yes(chance.random() < AT_A_DISTANCE),
        )


def _at_the_office(one: Employee) -> bool:
    above = one.role in (MANAGER, EMPLOYEE)
    return above and not one.levels and one.roster == DAY


def _capacity(one: Employee) -> tuple[object, str]:
    """Return the places of a senior and the hours for them, nothing of anybody else."""
    if SENIOR not in one.role:
        return "", ""
    hours = f"{one.hours:g}"
    return one.places, hours.replace(".", ",")


def _yes(true: bool) -> str:
    return "ja" if true else "nee"


def _address(given: str, infix: str, family: str, number: str) -> str:
    name = f"{given}.{infix}{family}.{number}"
    plain = unicodedata.normalize("NFD", name.lower())
    kept = [c for c in plain if c.isascii() and (c.isalnum() or c == ".")]
    return "".join(kept) + "@example.nl"


def _expertise(staff: Sequence[Employee]) -> Iterator[Row]:
    for one in staff:
        for domain, level in one.levels.items():
            willing = _yes(domain in one.passes_on)
            yield one.number, domain, level, willing


def _preferences(chance: Random, staff: Sequence[Employee]) -> Iterator[Row]:
    for one in staff:
        if one.levels:
            figures = _figures(chance, one)
            yield one.number, *figures


def _figures(chance: Random, one: Employee) -> list[int]:
    """Return how a junior wants to learn, or how each way suits a mentor."""
    if JUNIOR in one.role:
        return chance.sample(range(1, 6), 5)
    return [chance.randint(0, 4) for _ in range(5)]


def _requests(chance: Random, asking: Sequence[Employee]) -> Iterator[Row]:
    """Yield the needs of juniors, the main one of each first: something known a little, or new."""
    for one in asking:
        wanted = chance.choices((1, 2, 3), (5, 3, 2))[0]
        domains = chance.sample(CRAFTS[one.department], wanted)
        domains.sort(key=one.masters)
        for place, domain in enumerate(domains):
            current = min(one.levels.get(domain, 0), 4)
            target = min(5, current + chance.choice((1, 2, 2, 3)))
            goal = _goal(chance, domain) if place == 0 else ""
            yield (
                one.number,
                domain,
                current,
                target,
                3 - place,
                goal,
            )


def _goal(chance: Random, domain: str) -> str:
    words = GOALS[domain]
    return words[chance.randrange(MOST_GOALS) % len(words)]


def _duos(chance: Random, staff: Sequence[Employee], on: date) -> Iterator[Row]:
    """Yield pairs that run already, of a mentor and a junior of one line who work side by side."""
    left = {one.number: min(one.places, int(one.hours // 2)) for one in staff}
    juniors = [one for one in staff if one.role == JUNIOR]
    some = round(PAIRED * len(juniors))
    for junior in chance.sample(juniors, some):
        near = []
        for one in staff:
            if one.team == junior.team and one.passes_on and left[one.number]:
                near.append(one)
        if not near:
            continue
        mentor = chance.choice(near)
        left[mentor.number] -= 1
        since = on - timedelta(days=chance.randint(20, 200))
        domain = max(sorted(mentor.passes_on), key=mentor.levels.__getitem__)
        yield (
            mentor.number,
            junior.number,
            domain,
            since.strftime("%d-%m-%Y"),
        )
