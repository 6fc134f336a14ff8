"""One row of a file -> one record, or `Broken`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import Broken, Cells
from mentorship.hr_import.reading.export import (
    DomainRecord,
    DuoRecord,
    ExpertiseRecord,
    KnownPerson,
    NeedRecord,
    PersonRecord,
    PreferenceRecord,
    RosterRecord,
    ShiftRecord,
)
from mentorship.hr_import.reading.sheets import PREFERENCES, shown
from mentorship.people.models import LANGUAGES
from mentorship.profiles.models import HORIZONS

ROLES = {"junior": "junior", "senior": "senior", "leidinggevende": "manager", "medewerker": None}
ROLE_ORDER = ("junior", "senior", "manager")
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
WEEKDAYS = {name: number for number, day in enumerate(_DAYS) for name in (day, day[:2])}
OUTFLOW = dict(zip(("onbekend", "< 1 jaar", "1-3 jaar", "3-5 jaar", "> 5 jaar"), HORIZONS, strict=True))
FREE = "-"
LONGEST_CYCLE = 105
DAY = 24 * 60

Names = Mapping[str, str]
Unknown = Callable[[str, str], Broken]
"""(column, name) -> what to say of a name that is not known."""


@dataclass(frozen=True)
class NeedRow:
    """One row of the requests file."""

    number: str
    need: NeedRecord
    goal: str


def shift(cells: Cells, names: Names) -> ShiftRecord:
    """Read a shift; an end that is not after the begin is on the next day."""
    code = cells.text("Dienst", 20, required=True)
    if code == FREE or " " in code:
        raise Broken(N_("%(column)s “%(value)s” cannot be a code in a cycle."), column="Dienst", value=code)
    begins, ends = cells.minutes("Begin"), cells.minutes("Eind")
    ends = ends if ends > begins else ends + DAY
    return ShiftRecord(cells.spelled(code, names) or code, begins, ends, cells.text("Omschrijving", 200))


def roster(cells: Cells, names: Names, shifts: Names, unknown: Unknown) -> RosterRecord:
    """Read a roster, its cycle being codes of shifts or `-`."""
    name, starts_on = cells.text("Rooster", 100, required=True), cells.day("Startdatum")
    codes = cells.text("Cyclus", 100_000, required=True).split(" ")
    if len(codes) > LONGEST_CYCLE:
        raise Broken(N_("Cyclus has %(found)s days; at most %(most)s can be."), found=len(codes), most=LONGEST_CYCLE)
    cycle: list[str | None] = []
    for code in codes:
        known = None if code == FREE else cells.spelled(code, shifts)
        if known is None and code != FREE:
            raise unknown("Cyclus", code)
        cycle.append(known)
    return RosterRecord(cells.spelled(name, names) or name, starts_on, tuple(cycle))


def domain(cells: Cells, names: Names) -> DomainRecord:
    """Read a domain."""
    name = cells.text("Vakgebied", 200, required=True)
    return DomainRecord(cells.spelled(name, names) or name, cells.yes("Kritiek"), cells.yes("Op afstand te leren"))


def person(
    cells: Cells, people: Mapping[str, KnownPerson], sites: dict[str, str], rosters: Names, unknown: Unknown, *,
    take_outflow: bool,
) -> PersonRecord:  # fmt: skip
    """Read a person; whether the manager is known can only be told when all rows are read."""
    number = cells.text("Medewerkernummer", 40, required=True)
    here = people.get(number.casefold())
    site = cells.text("Vestiging", 200, required=True)
    named = cells.text("Rooster", 100_000)
    roster_name = cells.spelled(named, rosters)
    if named and roster_name is None:
        raise unknown("Rooster", named)
    places, hours = _capacity(cells)
    return PersonRecord(
        number=here.number if here else number,
        given_name=cells.text("Roepnaam", 100, required=True),
        infix=cells.text("Voorvoegsel", 40),
        family_name=cells.text("Achternaam", 100, required=True),
        email=cells.email("E-mail werk"),
        site=cells.spelled(site, sites) or sites.setdefault(site.casefold(), site),
        department=cells.text("Afdeling", 200),
        roles=_roles(cells),
        manager=cells.text("Leidinggevende", 100_000) or None,
        roster=roster_name,
        school_days=_school_days(cells),
        languages=_languages(cells),
        places=places,
        hours=hours,
        remote=cells.yes("Op afstand"),
        horizon=_horizon(cells) if take_outflow else "unknown",
    )


def _capacity(cells: Cells) -> tuple[int | None, Decimal | None]:
    places = cells.whole("Plaatsen mentor", 0, 20) if cells.text("Plaatsen mentor", 100_000) else None
    hours = cells.hours("Uren mentor p/w", 40) if cells.text("Uren mentor p/w", 100_000) else None
    if places is None and hours is None:
        return None, None
    return places or 0, hours or Decimal(0)


def _roles(cells: Cells) -> tuple[str, ...]:
    parts = cells.parts("Rol", ROLES, N_("%(column)s: “%(value)s” is not a role that is known here."))
    roles = {ROLES[part] for part in parts}
    return tuple(role for role in ROLE_ORDER if role in roles)


def _school_days(cells: Cells) -> tuple[int, ...]:
    parts = cells.parts("Schooldag", WEEKDAYS, N_("%(column)s: “%(value)s” is not a day from ma to zo."))
    return tuple(sorted({WEEKDAYS[part] for part in parts}))


def _languages(cells: Cells) -> tuple[str, ...]:
    parts = cells.parts("Talen", LANGUAGES, N_("%(column)s: “%(value)s” is not a language that is known here."))
    if not parts:
        raise Broken(N_("%(column)s is empty."), column="Talen")
    return tuple(language for language in LANGUAGES if language in parts)


def _horizon(cells: Cells) -> str:
    text = cells.code("Verwachte uitstroom")
    found = {"".join(k.split()): v for k, v in OUTFLOW.items()}.get("".join(text.split()) or "onbekend")
    if found is None:
        raise Broken(
            N_("%(column)s is “%(value)s”, not a term that is known here."),
            column="Verwachte uitstroom", value=shown(text),
        )  # fmt: skip
    return found


def named_domain(cells: Cells, domains: Names, unknown: Unknown) -> str:
    """Return the domain that a row is about."""
    name = cells.text("Vakgebied", 100_000, required=True)
    found = cells.spelled(name, domains)
    if found is None:
        raise unknown("Vakgebied", name)
    return found


def named_person(cells: Cells, column: str, people: Names, unknown: Unknown) -> str:
    """Return the number of the person that a row is about."""
    number = cells.text(column, 100_000, required=True)
    found = cells.spelled(number, people)
    if found is None:
        raise unknown(column, number)
    return found


def expertise(cells: Cells, people: Names, domains: Names, unknown: Unknown) -> ExpertiseRecord:
    """Read a person's level in a domain."""
    number = named_person(cells, "Medewerkernummer", people, unknown)
    name = named_domain(cells, domains, unknown)
    return ExpertiseRecord(number, name, cells.whole("Niveau", 0, 5), cells.yes("Wil overdragen"))


def preference(cells: Cells, people: Names, roles: Mapping[str, frozenset[str]], unknown: Unknown) -> PreferenceRecord:
    """Read five figures: a junior's ranking, a senior's comfort; of others, whichever it can be."""
    number = named_person(cells, "Medewerkernummer", people, unknown)
    figures = tuple(cells.whole(column, 0, 5) for column in PREFERENCES.required[1:])
    ranking, comfort = sorted(figures) == [1, 2, 3, 4, 5], max(figures) <= 4
    junior, senior = "junior" in roles[number], "senior" in roles[number]
    if junior and not senior and not ranking:
        raise Broken(N_("A junior ranks the five forms: each of 1 to 5 once."))
    if senior and not junior and not comfort:
        raise Broken(N_("A mentor gives each of the five forms 0 to 4."))
    if not ranking and not comfort:
        raise Broken(N_("The five forms are neither a ranking (each of 1 to 5 once) nor each 0 to 4."))
    return PreferenceRecord(number, figures, ranking if junior == senior else junior)


def need(cells: Cells, people: Names, domains: Names, unknown: Unknown) -> NeedRow:
    """Read one need of a mentor request."""
    number = named_person(cells, "Medewerkernummer", people, unknown)
    name = named_domain(cells, domains, unknown)
    current, target = cells.whole("Huidig niveau", 0, 5), cells.whole("Gewenst niveau", 0, 5)
    if target <= current:
        raise Broken(
            N_("Gewenst niveau %(target)s is not above Huidig niveau %(current)s."), target=target, current=current
        )
    importance = cells.whole("Belang", 1, 3)
    return NeedRow(number, NeedRecord(name, current, target, importance), cells.text("Doel", 2000))


def duo(cells: Cells, people: Names, domains: Names, unknown: Unknown) -> DuoRecord:
    """Read a running pair."""
    mentor = named_person(cells, "Mentor", people, unknown)
    junior = named_person(cells, "Junior", people, unknown)
    if mentor == junior:
        raise Broken(N_("Mentor and junior are the same person."))
    return DuoRecord(mentor, junior, named_domain(cells, domains, unknown), cells.day("Sinds"))
