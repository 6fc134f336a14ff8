"""One row of the file of employees -> a person, or `Broken`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import Broken, Cells
from mentorship.hr_import.reading.export import KnownPerson, PersonRecord
from mentorship.hr_import.reading.rows import Names, Unknown
from mentorship.hr_import.reading.sheets import shown
from mentorship.people.models import LANGUAGES
from mentorship.profiles.models import HORIZONS

ROLES = {
    "junior": "junior",
    "senior": "senior",
    "leidinggevende": "manager",
    "medewerker": None,
}
ROLE_ORDER = ("junior", "senior", "manager")
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
WEEKDAYS = {day: number for number, day in enumerate(_DAYS)}
WEEKDAYS |= {day[:2]: number for day, number in WEEKDAYS.items()}
_TERMS = ("onbekend", "<1jaar", "1-3jaar", "3-5jaar", ">5jaar")
OUTFLOW = dict(zip(_TERMS, HORIZONS, strict=True))
"""What people plan, by the term for it without its spaces."""


def person(
    cells: Cells,
    people: Mapping[str, KnownPerson],
    sites: dict[str, str],
    rosters: Names,
    unknown: Unknown,
    *,
    take_outflow: bool,
) -> PersonRecord:
    """Read a person; whether the manager is known can only be told when all rows are read."""
    number = cells.text("Medewerkernummer", 40, required=True)
    here = people.get(number.casefold())
    site = cells.text("Vestiging", 200, required=True)
    roster_name = cells.text("Rooster", 100_000)
    works = cells.spelled(roster_name, rosters)
    if roster_name and works is None:
        raise unknown("Rooster", roster_name)
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
        roster=works,
        school_days=_school_days(cells),
        languages=_languages(cells),
        places=places,
        hours=hours,
        remote=cells.yes("Op afstand"),
        horizon=_horizon(cells) if take_outflow else "unknown",
    )


def _capacity(cells: Cells) -> tuple[int | None, Decimal | None]:
    """Return places and hours; who fills in one of the two has none of the other."""
    offers_places = cells.text("Plaatsen mentor", 100_000)
    offers_hours = cells.text("Uren mentor p/w", 100_000)
    if not offers_places and not offers_hours:
        return None, None
    places = cells.whole("Plaatsen mentor", 0, 20) if offers_places else 0
    hours = cells.hours("Uren mentor p/w", 40) if offers_hours else Decimal(0)
    return places, hours


def _roles(cells: Cells) -> tuple[str, ...]:
    parts = cells.parts(
        "Rol",
        ROLES,
        N_("%(column)s: “%(value)s” is not a role that is known here."),
    )
    roles = {ROLES[part] for part in parts}
    return tuple(role for role in ROLE_ORDER if role in roles)


def _school_days(cells: Cells) -> tuple[int, ...]:
    parts = cells.parts(
        "Schooldag",
        WEEKDAYS,
        N_("%(column)s: “%(value)s” is not a day from Monday (ma) to Sunday (zo)."),
    )
    days = {WEEKDAYS[part] for part in parts}
    return tuple(sorted(days))


def _languages(cells: Cells) -> tuple[str, ...]:
    parts = cells.parts(
        "Talen",
        LANGUAGES,
        N_("%(column)s: “%(value)s” is not a language that is known here."),
    )
    if not parts:
        raise Broken(N_("%(column)s is empty."), column="Talen")
    return tuple(language for language in LANGUAGES if language in parts)


def _horizon(cells: Cells) -> str:
    column = "Verwachte uitstroom"
    text = cells.code(column)
    term = text.replace(" ", "") or "onbekend"
    if term not in OUTFLOW:
        raise Broken(
            N_("%(column)s is “%(value)s”, not a term that is known here."),
            column=column,
            value=shown(text),
        )
    return OUTFLOW[term]
