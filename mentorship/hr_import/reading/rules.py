"""The sheets of an export -> a checked `Export`: plain records, and every row that is set aside with its reason."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeVar

from mentorship.base.i18n import N_
from mentorship.hr_import.reading import rows
from mentorship.hr_import.reading.cells import Broken
from mentorship.hr_import.reading.export import (
    ColumnNotTaken,
    Export,
    FileCount,
    Known,
    NeedRecord,
    PersonRecord,
    Remark,
    RequestRecord,
    SetAside,
)
from mentorship.hr_import.reading.gathering import Log, Taken, count, gather
from mentorship.hr_import.reading.reporting_line import settle_people
from mentorship.hr_import.reading.sheets import (
    DOMAINS,
    DUOS,
    EXPERTISE,
    FILES,
    PEOPLE,
    PREFERENCES,
    REQUESTS,
    ROSTERS,
    SHIFTS,
    FileSpec,
    Sheet,
)

Record = TypeVar("Record")
MOST_NEEDS = 3
FIELDS = {
    SHIFTS.name: {"Omschrijving": "description"},
    DOMAINS.name: {"Kritiek": "critical", "Op afstand te leren": "remote"},
    PEOPLE.name: {
        "Voorvoegsel": "infix", "E-mail werk": "email", "Afdeling": "department", "Schooldag": "school_days",
        "Plaatsen mentor": "places", "Uren mentor p/w": "hours", "Verwachte uitstroom": "horizon",
        "Op afstand": "remote",
    },
    REQUESTS.name: {"Doel": "goal"},
}  # fmt: skip
"""The field that an optional column fills."""


def check(sheets: Mapping[str, Sheet], known: Known | None = None, *, take_outflow: bool = False) -> Export:
    """Return what the sheets say, given what is known here already; nothing in them can make this fail."""
    run = _Run(sheets, known or Known())
    run.vocabulary()
    run.staff(take_outflow)
    run.dependants()
    return run.export(take_outflow)


def _values(taken: Mapping[Hashable, Taken[Record]]) -> tuple[Record, ...]:
    return tuple(t.record for t in taken.values())


class _Run:
    """One pass over the sheets, in the order in which they lean on each other."""

    def __init__(self, sheets: Mapping[str, Sheet], known: Known) -> None:
        self.sheets, self.known, self.log = sheets, known, Log()
        self.counts: dict[str, FileCount] = {}

    def vocabulary(self) -> None:
        """Read shifts, rosters and domains."""
        sheets, log, known = self.sheets, self.log, self.known
        self.shifts = gather(
            log, SHIFTS, sheets.get(SHIFTS.name), lambda c: rows.shift(c, known.shifts), lambda s: s.code.casefold()
        )
        codes = {t.record.code.casefold(): t.record.code for t in self.shifts.values()} | dict(known.shifts)
        unknown = log.unknown(SHIFTS)
        self.rosters = gather(
            log, ROSTERS, sheets.get(ROSTERS.name), lambda c: rows.roster(c, known.rosters, codes, unknown),
            lambda r: r.name.casefold(),
        )  # fmt: skip
        self.domains = gather(
            log, DOMAINS, sheets.get(DOMAINS.name), lambda c: rows.domain(c, known.domains), lambda d: d.name.casefold()
        )

    def staff(self, take_outflow: bool) -> None:
        """Read the people."""
        log, known = self.log, self.known
        rosters = {t.record.name.casefold(): t.record.name for t in self.rosters.values()} | dict(known.rosters)
        sites, unknown = dict(known.sites), log.unknown(ROSTERS)
        self.people: dict[Hashable, Taken[PersonRecord]] = gather(
            log, PEOPLE, self.sheets.get(PEOPLE.name),
            lambda c: rows.person(c, known.people, sites, rosters, unknown, take_outflow=take_outflow),
            lambda p: p.number.casefold(),
        )  # fmt: skip
        self.people = settle_people(log, self.people, known)

    def dependants(self) -> None:
        """Read what leans on people and domains."""
        log, sheets, known = self.log, self.sheets, self.known
        names = {t.record.number.casefold(): t.record.number for t in self.people.values()}
        names |= {key: person.number for key, person in known.people.items()}
        domains = {t.record.name.casefold(): t.record.name for t in self.domains.values()} | dict(known.domains)
        roles = {person.number: person.roles for person in known.people.values()}
        roles |= {t.record.number: frozenset(t.record.roles) for t in self.people.values()}
        no_one, no_domain = log.unknown(PEOPLE), log.unknown(DOMAINS)

        def unknown(column: str, name: str) -> Broken:
            return no_domain(column, name) if column == "Vakgebied" else no_one(column, name)

        self.expertise = gather(
            log, EXPERTISE, sheets.get(EXPERTISE.name), lambda c: rows.expertise(c, names, domains, unknown),
            lambda e: (e.number, e.domain),
        )  # fmt: skip
        self.preferences = gather(
            log, PREFERENCES, sheets.get(PREFERENCES.name), lambda c: rows.preference(c, names, roles, unknown),
            lambda p: p.number,
        )  # fmt: skip
        self.needs = gather(
            log, REQUESTS, sheets.get(REQUESTS.name), lambda c: rows.need(c, names, domains, unknown),
            lambda n: (n.number, n.need.domain),
        )  # fmt: skip
        self.requests = _requests(log, self.needs)
        self.duos = gather(
            log, DUOS, sheets.get(DUOS.name), lambda c: rows.duo(c, names, domains, unknown),
            lambda d: (d.mentor, d.junior),
        )  # fmt: skip

    def export(self, take_outflow: bool) -> Export:
        """Return everything that was read."""
        people = _values(self.people)
        read: tuple[tuple[FileSpec, Mapping[Hashable, Taken[Any]]], ...] = (
            (SHIFTS, self.shifts), (ROSTERS, self.rosters), (DOMAINS, self.domains), (PEOPLE, self.people),
            (EXPERTISE, self.expertise), (PREFERENCES, self.preferences), (REQUESTS, self.needs), (DUOS, self.duos),
        )  # fmt: skip
        for spec, taken in read:
            if spec.name in self.sheets:
                self.counts[spec.name] = count(self.log, self.sheets[spec.name], taken)
        return Export(
            sites=tuple(dict.fromkeys(person.site for person in people)),
            shifts=_values(self.shifts),
            rosters=_values(self.rosters),
            domains=_values(self.domains),
            people=people,
            expertise=_values(self.expertise),
            preferences=_values(self.preferences),
            requests=tuple(self.requests),
            duos=_values(self.duos),
            set_aside=_in_order(self.log.set_aside),
            counts=self.counts,
            absent={name: _absent(sheet, take_outflow) for name, sheet in self.sheets.items()},
            not_taken=tuple(_not_taken(self.sheets, take_outflow)),
            files_missing=tuple(spec.name for spec in FILES if spec.name not in self.sheets),
        )


def _requests(log: Log, needs: dict[Hashable, Taken[rows.NeedRow]]) -> list[RequestRecord]:
    """Put the needs of each person together; those beyond the third are taken out of `needs` and set aside."""
    by_person: dict[str, list[Hashable]] = {}
    for key, taken in needs.items():
        by_person.setdefault(taken.record.number, []).append(key)
    found = []
    for number, keys in by_person.items():
        for key in keys[MOST_NEEDS:]:
            remark = Remark(N_("A request has at most %(most)s needs."), {"most": MOST_NEEDS})
            log.aside(REQUESTS, needs.pop(key).row, remark)
        kept = [needs[key].record for key in keys[:MOST_NEEDS]]
        needed: tuple[NeedRecord, ...] = tuple(row.need for row in kept)
        found.append(RequestRecord(number, next((row.goal for row in kept if row.goal), ""), needed))
    return found


def _in_order(found: Iterable[SetAside]) -> tuple[SetAside, ...]:
    order = {spec.name: place for place, spec in enumerate((PEOPLE, *FILES))}
    order[PEOPLE.name] = 0
    return tuple(sorted(found, key=lambda s: (order[s.file], s.line)))


def _absent(sheet: Sheet, take_outflow: bool) -> frozenset[str]:
    absent = {field for column, field in FIELDS.get(sheet.name, {}).items() if column not in sheet.columns}
    return frozenset(absent if take_outflow else absent | {"horizon"})


def _not_taken(sheets: Mapping[str, Sheet], take_outflow: bool) -> Iterable[ColumnNotTaken]:
    for name, sheet in sheets.items():
        if "In dienst" in sheet.columns:
            yield ColumnNotTaken(name, "In dienst", Remark(N_("Never stored: it stands in for age.")))
        if "Verwachte uitstroom" in sheet.columns and not take_outflow:
            reason = Remark(N_("Only by an explicit choice: these plans belong to the person."))
            yield ColumnNotTaken(name, "Verwachte uitstroom", reason)
        for column in sheet.unknown:
            yield ColumnNotTaken(name, column, Remark(N_("This column is not known here.")))
