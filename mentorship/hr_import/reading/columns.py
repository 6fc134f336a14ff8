"""The columns that a file may have or lack: which field each fills, and which are left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.export import ColumnNotTaken, Remark
from mentorship.hr_import.reading.headings import NEVER, PRIVATE
from mentorship.hr_import.reading.kinds import BY_NAME, DOMAINS, FILES, PEOPLE, REQUESTS, SHIFTS, folded
from mentorship.hr_import.reading.sheets import Sheet

FIELDS = {
    SHIFTS.name: {"Omschrijving": "description"},
    DOMAINS.name: {"Kritiek": "critical", "Op afstand te leren": "remote"},
    PEOPLE.name: {
        "E-mail werk": "email",
        "Vestiging": "site",
        "Afdeling": "department",
        "Rol": "roles",
        "Leidinggevende": "manager",
        "Rooster": "roster",
        "Schooldag": "school_days",
        "Talen": "languages",
        "Plaatsen mentor": "places",
        "Uren mentor p/w": "hours",
        "Verwachte uitstroom": "horizon",
        "Op afstand": "remote",
    },
    REQUESTS.name: {"Doel": "goal"},
}
"""The field that an optional column fills."""
_WHY = (
    (NEVER, N_("Never stored: it stands in for age.")),
    (PRIVATE, N_("Never stored: nothing here needs it.")),
)


def absent_fields(sheet: Sheet, take_outflow: bool) -> frozenset[str]:
    """Return the fields of which a sheet says nothing."""
    absent = set()
    for column, field in FIELDS.get(sheet.name, {}).items():
        if column not in sheet.columns:
            absent.add(field)
    if sheet.name == PEOPLE.name and "Voorvoegsel" not in sheet.columns and "Naam" not in sheet.columns:
        absent.add("infix")
    if not take_outflow:
        absent.add("horizon")
    return frozenset(absent)


def not_taken(sheets: Mapping[str, Sheet], take_outflow: bool) -> Iterator[ColumnNotTaken]:
    """Yield the columns that are left alone, and why."""
    for name, sheet in sheets.items():
        if "Verwachte uitstroom" in sheet.columns and not take_outflow:
            reason = Remark(N_("Only by an explicit choice: these plans belong to the person."))
            yield ColumnNotTaken(
                name,
                sheet.headings["Verwachte uitstroom"],
                reason,
            )
        for column in sheet.unknown:
            yield ColumnNotTaken(
                name,
                column,
                _why(name, column),
            )


def _why(kind: str, column: str) -> Remark:
    if BY_NAME[kind].closed:
        return Remark(N_("Refused and kept nowhere: no more is asked of who is away than from when until when."))
    heading = folded(column)
    for columns, reason in _WHY:
        if heading in columns:
            return Remark(reason)
    return Remark(N_("This column is not known here."))


def missing(sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    """Return the files that an export may have and this one has not."""
    return tuple(spec.name for spec in FILES if spec.name not in sheets)
