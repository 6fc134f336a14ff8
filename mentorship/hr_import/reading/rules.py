"""The sheets of an export -> a checked `Export`: plain records, and every row that is set aside with its reason."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any, TypeVar

from mentorship.hr_import.reading import roster_rows, rows, same_people
from mentorship.hr_import.reading.cells import Cells
from mentorship.hr_import.reading.columns import absent_fields, missing, not_taken
from mentorship.hr_import.reading.export import (
    Export,
    FileCount,
    Known,
    PersonRecord,
)
from mentorship.hr_import.reading.gathering import Leftovers, TakenRow, count, gather
from mentorship.hr_import.reading.kinds import (
    AWAY,
    DOMAINS,
    DUOS,
    EXPERTISE,
    PEOPLE,
    PREFERENCES,
    REQUESTS,
    ROSTERS,
    SHIFTS,
    FileSpec,
)
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.reading.needs import requests
from mentorship.hr_import.reading.questions import Asked
from mentorship.hr_import.reading.sheets import Sheet
from mentorship.hr_import.reading.staff import Staff, spellings

Record = TypeVar("Record")
Taken = Mapping[Hashable, TakenRow[Record]]


def check(
    sheets: Mapping[str, Sheet],
    known: Known | None = None,
    *,
    take_outflow: bool = False,
    settled: Settled | None = None,
    asked: Asked | None = None,
) -> Export:
    """Return what the sheets say, given what is known here already; nothing in them can make this fail.

    Where only a person can tell, `asked` gathers the questions, and what was answered or else is likely is taken.
    """
    settled = settled or Settled()
    asked = asked or Asked(settled.answers)
    reading = _Reading(
        sheets,
        known or Known(),
        settled,
        asked,
        take_outflow,
    )
    reading.vocabulary()
    reading.staff()
    reading.skills()
    reading.pairs()
    return reading.export()


def _records(taken: Taken[Record]) -> tuple[Record, ...]:
    return tuple(row.record for row in taken.values())


class _Reading:
    """One reading of the sheets, in the order in which they lean on each other."""

    def __init__(
        self,
        sheets: Mapping[str, Sheet],
        known: Known,
        settled: Settled,
        asked: Asked,
        take_outflow: bool,
    ) -> None:
        self.sheets = sheets
        self.settled = settled
        self.asked = asked
        self.take_outflow = take_outflow
        self.leftovers = Leftovers(there=sheets)
        self.same = same_people.settle(
            sheets.get(PEOPLE.name),
            known,
            asked,
        )
        self.known = self.same.known(known)

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
        self.shifts = self.taken(
            SHIFTS,
            partial(roster_rows.shift, names=known.shifts),
            lambda shift: shift.code.casefold(),
        )
        self._rosters()
        self.domains = self.taken(
            DOMAINS,
            partial(rows.domain, names=known.domains),
            lambda domain: domain.name.casefold(),
        )
        domains = [domain.name for domain in _records(self.domains)]
        self.domain_names = spellings(domains, known.domains)

    def _rosters(self) -> None:
        """Read rosters, a row each or a row a day."""
        codes = [shift.code for shift in _records(self.shifts)]
        rosters = roster_rows.Rosters(
            self.known.rosters,
            spellings(codes, self.known.shifts),
            self.settled.shifts,
            self.leftovers.unknown,
        )
        sheet = self.sheets.get(ROSTERS.name)
        self.rosters: Taken[Any]
        if sheet is None or "Cyclus" in sheet.columns:
            whole = self.taken(
                ROSTERS,
                rosters.whole,
                lambda roster: roster.name.casefold(),
            )
            self.rosters = whole
            self.roster_records = _records(whole)
            return
        days = self.taken(
            ROSTERS,
            rosters.day,
            lambda row: (row.name.casefold(), row.day, row.codes),
        )
        self.rosters = days
        self.roster_records = roster_rows.of_days(self.leftovers, days)

    def staff(self) -> None:
        """Read the people."""
        rosters = [roster.name for roster in self.roster_records]
        staff = Staff(
            self.leftovers,
            self.sheets.get(PEOPLE.name),
            self.known,
            self.same,
            self.asked,
        )
        staff.read(
            spellings(rosters, self.known.rosters),
            self.settled,
            self.take_outflow,
        )
        self.people = staff.people
        self.named = staff.named
        self.moved = staff.moved

    def skills(self) -> None:
        """Read what people can do, how they like to learn or teach, and when they are not available."""
        roles: dict[str, frozenset[str]] = {}
        for known in self.known.people.values():
            roles[known.number] = known.roles
        for person in _records(self.people):
            if "roles" not in person.unsaid or person.number not in roles:
                roles[person.number] = frozenset(person.roles)
        self.expertise = self.taken(
            EXPERTISE,
            partial(
                rows.expertise,
                people=self.named,
                domains=self.domain_names,
                unknown=self.leftovers.unknown,
            ),
            lambda expertise: (expertise.number, expertise.domain),
        )
        self.preferences = self.taken(
            PREFERENCES,
            partial(
                rows.preference,
                people=self.named,
                roles=roles,
            ),
            lambda preference: preference.number,
        )
        self.away = self.taken(
            AWAY,
            partial(rows.away, people=self.named),
            lambda away: (away.number, away.first_day, away.last_day),
        )

    def pairs(self) -> None:
        """Read mentor requests and running pairs."""
        self.needs = self.taken(
            REQUESTS,
            partial(
                rows.need,
                people=self.named,
                domains=self.domain_names,
                unknown=self.leftovers.unknown,
            ),
            lambda row: (row.number, row.need.domain),
        )
        self.requests = requests(self.leftovers, self.needs)
        self.duos = self.taken(
            DUOS,
            partial(
                rows.duo,
                people=self.named,
                domains=self.domain_names,
                unknown=self.leftovers.unknown,
            ),
            lambda duo: (duo.mentor, duo.junior),
        )

    def export(self) -> Export:
        """Return everything that was read."""
        people = _records(self.people)
        sites = dict.fromkeys(person.site for person in people if self._says_where(person))
        absent = {name: absent_fields(sheet, self.take_outflow) for name, sheet in self.sheets.items()}
        return Export(
            sites=tuple(sites),
            shifts=_records(self.shifts),
            rosters=self.roster_records,
            domains=_records(self.domains),
            people=people,
            expertise=_records(self.expertise),
            preferences=_records(self.preferences),
            requests=tuple(self.requests),
            duos=_records(self.duos),
            away=_records(self.away),
            absent=absent,
            renumbered=self.same.renumbered,
            left_alone=frozenset(self.same.left_alone),
            returned=tuple(self.same.returned),
            addresses_moved=tuple(self.moved),
            **self.remarks(),
        )

    def remarks(self) -> dict[str, Any]:
        """Return what there is to say of the files and their rows."""
        leftovers = self.leftovers
        sources = {name: sheet.sources for name, sheet in self.sheets.items()}
        return {
            "set_aside": leftovers.in_order(),
            "filled": tuple(leftovers.filled),
            "tidied": leftovers.all_tidied(),
            "counts": self.counts(),
            "not_taken": tuple(not_taken(self.sheets, self.take_outflow)),
            "files_missing": missing(self.sheets),
            "sources": sources,
        }

    def _says_where(self, person: PersonRecord) -> bool:
        """Tell whether the site of a person is one to have: of who is here already it may only have been filled in."""
        if person.number.casefold() not in self.known.people:
            return True
        return "site" not in person.unsaid and "Vestiging" in self.sheets[PEOPLE.name].columns

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
            AWAY.name: self.away,
        }
        counts = {}
        for name, taken in read.items():
            if name in self.sheets:
                counts[name] = count(
                    self.leftovers,
                    self.sheets[name],
                    taken,
                )
        return counts
