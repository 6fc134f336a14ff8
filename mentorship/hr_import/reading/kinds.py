"""The kinds of file in an export: their columns, and how those and the files are called elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mentorship.hr_import.reading import headings
from mentorship.hr_import.reading.spellings import plain

_SIGNS = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """Return the form by which headings and names of files are compared: letters and figures alone."""
    return _SIGNS.sub("", plain(name))


@dataclass(frozen=True)
class FileSpec:
    """A kind of file; its first required column says whom or what a row is about."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    """What files and sheets of this kind are called too, folded."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """A column that says as much as a required one."""
    closed: bool = False
    """Nothing is taken or shown of any other column."""

    @cached_property
    def columns(self) -> dict[str, tuple[int, str]]:
        """Every heading that is known, folded: how far down the list of its spellings it is, and its column."""
        found: dict[str, tuple[int, str]] = {}
        for column in (*self.required, *self.optional):
            spellings = headings.SPELLINGS[self.name].get(column, "").split()
            if folded(column) not in spellings:
                spellings.insert(0, folded(column))
            for place, spelled in enumerate(spellings):
                found.setdefault(spelled, (place, column))
        return found

    def column_called(self, name: str) -> tuple[int, str] | None:
        """Return how likely a heading, folded, is a column, and which; None where it is not known."""
        found = self.columns.get(name)
        if found is None and "Naam" in self.optional and headings.WHOLE_NAME.fullmatch(name):
            return 0, "Naam"
        return found

    def lacking(self, columns: Collection[str]) -> str | None:
        """Return the first required column that is not there, nor one instead of it."""
        for column in self.required:
            if column not in columns and self.instead.get(column) not in columns:
                return column
        return None


SHIFTS = FileSpec(
    "diensten.csv",
    ("Dienst", "Begin", "Eind"),
    ("Omschrijving",),
    called=("diensten", "shifts", "dienstcodes", "roostercodes"),
)
ROSTERS = FileSpec(
    "roosters.csv",
    ("Rooster", "Startdatum", "Cyclus"),
    ("Datum", "Dienst"),
    called=("roosters", "rosters", "schedules", "ploegen"),
    instead={"Startdatum": "Datum", "Cyclus": "Dienst"},
)
DOMAINS = FileSpec(
    "vakgebieden.csv",
    ("Vakgebied",),
    ("Kritiek", "Op afstand te leren"),
    called=("vakgebieden", "domains", "domeinen"),
)
PEOPLE = FileSpec(
    "medewerkers.csv",
    required=("Medewerkernummer", "Roepnaam", "Achternaam"),
    optional=(
        "Naam",
        "Voorvoegsel",
        "E-mail werk",
        "Vestiging",
        "Afdeling",
        "Rol",
        "Leidinggevende",
        "Rooster",
        "Schooldag",
        "Talen",
        "Plaatsen mentor",
        "Uren mentor p/w",
        "Verwachte uitstroom",
        "Op afstand",
    ),
    called=("medewerkers", "personeel", "werknemers", "employees", "staff", "people", "collegas"),
    instead={"Roepnaam": "Naam", "Achternaam": "Naam"},
)
EXPERTISE = FileSpec(
    "vaardigheden.csv",
    ("Medewerkernummer", "Vakgebied", "Niveau"),
    ("Wil overdragen",),
    called=("vaardigheden", "skills", "expertise", "competenties"),
)
PREFERENCES = FileSpec(
    "leervoorkeuren.csv",
    (
        "Medewerkernummer",
        "doen op de werkvloer",
        "klassikaal",
        "online",
        "samen met een ervaren collega",
        "korte leerblokken",
    ),
    called=("leervoorkeuren", "voorkeuren", "preferences", "learningpreferences"),
)
REQUESTS = FileSpec(
    "aanvragen.csv",
    required=("Medewerkernummer", "Vakgebied", "Huidig niveau", "Gewenst niveau"),
    optional=("Belang", "Doel"),
    called=("aanvragen", "mentorvragen", "leerwensen", "requests", "needs"),
)
DUOS = FileSpec(
    "duos.csv",
    ("Mentor", "Junior", "Vakgebied", "Sinds"),
    called=("duos", "koppels", "pairs", "koppelingen"),
)
AWAY = FileSpec(
    "afwezigheid.csv",
    ("Medewerkernummer", "Van", "Tot"),
    called=("afwezigheid", "afwezig", "nietbeschikbaar", "verlof", "away", "absence", "leave"),
    closed=True,
)
FILES = (SHIFTS, ROSTERS, DOMAINS, PEOPLE, EXPERTISE, PREFERENCES, REQUESTS, DUOS)
"""What an export has; a missing one is named."""
KINDS = (*FILES, AWAY)
BY_NAME = {spec.name: spec for spec in KINDS}


def called_so(stem: str) -> FileSpec | None:
    """Return the kind that the name of a file or sheet says: "Medewerkers", "2026-11 personeel Zwolle"."""
    name = folded(stem)
    best: tuple[int, FileSpec] | None = None
    for spec in KINDS:
        for called in spec.called:
            if called in name and (best is None or len(called) > best[0]):
                best = len(called), spec
    return best[1] if best else None
