"""The sheets of an export -> a checked `Export`: plain records, and every row that is set aside with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from mentorship.base.i18n import N_
from mentorship.hr_import.reading import person_row, rows
from mentorship.hr_import.reading.cells import Cells
from mentorship.hr_import.reading.columns import absent_fields, not_taken
from mentorship.hr_import.reading.export import (
    Export,
    FileCount,
    Known,
    Remark,
    RequestRecord,
    SetAside,
)
from mentorship.hr_import.reading.gathering import Leftovers, TakenRow, count, gather
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
Taken = Mapping[Hashable, TakenRow[Record]]
MOST_NEEDS = 3


def check(sheets: Mapping[str, Sheet], known: Known | None = None, *, take_outflow: bool = False) -> Export:
    """Return what the sheets say, given what is known here already; nothing in them can make this fail."""
    reading = _Reading(sheets, known or Known(), take_outflow)
    reading.vocabulary()
    reading.staff()
    reading.skills()
    reading.pairs()
    return reading.export()


def _records(taken: Taken[Record]) -> tuple[Record, ...]:
    return tuple(row.record for row in taken.values())


def _spellings(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return how each name is spelled, by its casefolded form; how it is spelled here goes before the file."""
    found = {name.casefold(): name for name in names}
    return found | dict(known)


class _Reading:
    """One reading of the sheets, in the order in which they lean on each other."""

    def __init__(self, sheets: Mapping[str, Sheet], known: Known, take_outflow: bool) -> None:
        self.sheets = sheets
        self.known = known
        self.take_outflow = take_outflow
        self.leftovers = Leftovers()

    def taken(
        self,
        spec: FileSpec,
        build: Callable[[Cells], Record],
        key: Callable[[Record], Hashable],
    ) -> dict[Hashable, TakenRow[Record]]:
        """Return the rows of a file that can be taken; of a file that is not there, none."""
        sheet = self.sheets.get(spec.name)
        return gather(
            self.leftovers,
            spec,
            sheet,
            build,
            key,
        )

    def vocabulary(self) -> None:
        """Read shifts, rosters and domains."""
        known = self.known
        unknown = self.leftovers.unknown
        self.shifts = self.taken(
            SHIFTS,
            lambda cells: rows.shift(cells, known.shifts),
            lambda shift: shift.code.casefold(),
        )
        codes = _spellings([shift.code for shift in _records(self.shifts)], known.shifts)
        self.rosters = self.taken(
            ROSTERS,
            lambda cells: rows.roster(
                cells,
                known.rosters,
                codes,
                unknown,
            ),
            lambda roster: roster.name.casefold(),
        )
        self.domains = self.taken(
            DOMAINS,
            lambda cells: rows.domain(cells, known.domains),
            lambda domain: domain.name.casefold(),
        )
        domains = [domain.name for domain in _records(self.domains)]
        self.domain_names = _spellings(domains, known.domains)

    def staff(self) -> None:
        """Read the people."""
        known = self.known
        unknown = self.leftovers.unknown
        rosters = _spellings([roster.name for roster in _records(self.rosters)], known.rosters)
        sites = dict(known.sites)
        people = self.taken(
            PEOPLE,
            lambda cells: person_row.person(
                cells,
                known.people,
                sites,
                rosters,
                unknown,
                take_outflow=self.take_outflow,
            ),
            lambda person: person.number.casefold(),
        )
        self.people = settle_people(self.leftovers, people, known)
        numbers = [person.number for person in _records(self.people)]
        here = {key: person.number for key, person in known.people.items()}
        self.numbers = _spellings(numbers, here)

    def skills(self) -> None:
        """Read what people can do, and how they like to learn or teach."""
        unknown = self.leftovers.unknown
        roles: dict[str, frozenset[str]] = {}
        for known in self.known.people.values():
            roles[known.number] = known.roles
        for person in _records(self.people):
            roles[person.number] = frozenset(person.roles)
        self.expertise = self.taken(
            EXPERTISE,
            lambda cells: rows.expertise(
                cells,
                self.numbers,
                self.domain_names,
                unknown,
            ),
            lambda expertise: (expertise.number, expertise.domain),
        )
        self.preferences = self.taken(
            PREFERENCES,
            lambda cells: rows.preference(
                cells,
                self.numbers,
                roles,
                unknown,
            ),
            lambda preference: preference.number,
        )

    def pairs(self) -> None:
        """Read mentor requests and running pairs."""
        unknown = self.leftovers.unknown
        self.needs = self.taken(
            REQUESTS,
            lambda cells: rows.need(
                cells,
                self.numbers,
                self.domain_names,
                unknown,
            ),
            lambda row: (row.number, row.need.domain),
        )
        self.requests = _requests(self.leftovers, self.needs)
        self.duos = self.taken(
            DUOS,
            lambda cells: rows.duo(
                cells,
                self.numbers,
                self.domain_names,
                unknown,
            ),
            lambda duo: (duo.mentor, duo.junior),
        )

    def export(self) -> Export:
        """Return everything that was read."""
        people = _records(self.people)
        sites = dict.fromkeys(person.site for person in people)
        absent = {name: absent_fields(sheet, self.take_outflow) for name, sheet in self.sheets.items()}
        return Export(
            sites=tuple(sites),
            shifts=_records(self.shifts),
            rosters=_records(self.rosters),
            domains=_records(self.domains),
            people=people,
            expertise=_records(self.expertise),
            preferences=_records(self.preferences),
            requests=tuple(self.requests),
            duos=_records(self.duos),
            set_aside=_in_order(self.leftovers.rows),
            counts=self.counts(),
            absent=absent,
            not_taken=tuple(not_taken(self.sheets, self.take_outflow)),
            files_missing=tuple(spec.name for spec in FILES if spec.name not in self.sheets),
        )

    def counts(self) -> dict[str, FileCount]:
        """Return what became of the rows of each file that is there."""
        read: dict[str, Taken[Any]] = {
            SHIFTS.name: self.shifts,
            ROSTERS.name: self.rosters,
            DOMAINS.name: self.domains,
            PEOPLE.name: self.people,
            EXPERTISE.name: self.expertise,
            PREFERENCES.name: self.preferences,
            REQUESTS.name: self.needs,
            DUOS.name: self.duos,
        }
        counts = {}
        for name, taken in read.items():
            if name in self.sheets:
                counts[name] = count(self.leftovers, self.sheets[name], taken)
        return counts


def _requests(leftovers: Leftovers, needs: dict[Hashable, TakenRow[rows.NeedRow]]) -> list[RequestRecord]:
    """Put the needs of each person together; those beyond the third are taken out of `needs` and set aside."""
    by_person: dict[str, list[Hashable]] = defaultdict(list)
    for key, taken in needs.items():
        by_person[taken.record.number].append(key)
    too_many = Remark(N_("A request has at most %(most)s needs."), {"most": MOST_NEEDS})
    found = []
    for number, keys in by_person.items():
        for key in keys[MOST_NEEDS:]:
            beyond = needs.pop(key)
            leftovers.set_aside(REQUESTS, beyond.row, too_many)
        kept = [needs[key].record for key in keys[:MOST_NEEDS]]
        request = _request(number, kept)
        found.append(request)
    return found


def _request(number: str, kept: Iterable[rows.NeedRow]) -> RequestRecord:
    """Return the request of one person; its goal is the first that a row has."""
    goal = ""
    needs = []
    for row in kept:
        goal = goal or row.goal
        needs.append(row.need)
    return RequestRecord(number, goal, tuple(needs))


def _in_order(found: Iterable[SetAside]) -> tuple[SetAside, ...]:
    """Return the rows set aside, those of people first: others lean on them."""
    files = [PEOPLE.name]
    for spec in FILES:
        if spec is not PEOPLE:
            files.append(spec.name)
    ordered = sorted(
        found,
        key=lambda row: (files.index(row.file), row.line),
    )
    return tuple(ordered)
