"""The columns that a file may have or lack: which field each fills, and which are left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.export import ColumnNotTaken, Remark
from mentorship.hr_import.reading.sheets import DOMAINS, PEOPLE, REQUESTS, SHIFTS, Sheet

FIELDS = {
    SHIFTS.name: {"Omschrijving": "description"},
    DOMAINS.name: {"Kritiek": "critical", "Op afstand te leren": "remote"},
    PEOPLE.name: {
        "Voorvoegsel": "infix",
        "E-mail werk": "email",
        "Afdeling": "department",
        "Schooldag": "school_days",
        "Plaatsen mentor": "places",
        "Uren mentor p/w": "hours",
        "Verwachte uitstroom": "horizon",
        "Op afstand": "remote",
    },
    REQUESTS.name: {"Doel": "goal"},
}
"""The field that an optional column fills."""


def absent_fields(sheet: Sheet, take_outflow: bool) -> frozenset[str]:
    """Return the fields of which a sheet says nothing."""
    absent = set()
    for column, field in FIELDS.get(sheet.name, {}).items():
        if column not in sheet.columns:
            absent.add(field)
    if not take_outflow:
        absent.add("horizon")
    return frozenset(absent)


def not_taken(sheets: Mapping[str, Sheet], take_outflow: bool) -> Iterator[ColumnNotTaken]:
    """Yield the columns that are left alone, and why."""
    for name, sheet in sheets.items():
        if "In dienst" in sheet.columns:
            reason = Remark(N_("Never stored: it stands in for age."))
            yield ColumnNotTaken(name, "In dienst", reason)
        if "Verwachte uitstroom" in sheet.columns and not take_outflow:
            reason = Remark(N_("Only by an explicit choice: these plans belong to the person."))
            yield ColumnNotTaken(name, "Verwachte uitstroom", reason)
        for column in sheet.unknown:
            reason = Remark(N_("This column is not known here."))
            yield ColumnNotTaken(name, column, reason)
