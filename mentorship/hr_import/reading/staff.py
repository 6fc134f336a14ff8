"""The people of an export: their rows, whose an address is, and who is above whom."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from mentorship.base.i18n import N_
from mentorship.hr_import.reading import person_row, rows
from mentorship.hr_import.reading.addresses import Addresses
from mentorship.hr_import.reading.export import Filled, Known, PersonRecord, Remark
from mentorship.hr_import.reading.gathering import Leftovers, TakenRow, gather
from mentorship.hr_import.reading.kinds import PEOPLE
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.reading.questions import Asked
from mentorship.hr_import.reading.reporting_line import Line
from mentorship.hr_import.reading.same_people import SamePeople
from mentorship.hr_import.reading.sheets import Sheet

People = dict[Hashable, TakenRow[PersonRecord]]
_ABSENT = {
    "Vestiging": N_("There is no column %(column)s: who is new is put at “%(site)s”."),
    "Talen": N_("There is no column %(column)s: who is new speaks Dutch."),
}
"""What everybody new gets where there is no column for it."""


def spellings(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Return how each name is spelled, by its casefolded form; how it is spelled here goes before the file."""
    found = {name.casefold(): name for name in names}
    return found | dict(known)


@dataclass
class Staff:
    """The people while they are read; `named` finds them for the files after, `moved` are who gave up an address."""

    leftovers: Leftovers
    sheet: Sheet | None
    known: Known
    same: SamePeople
    asked: Asked
    people: People = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)

    def read(self, rosters: rows.Names, settled: Settled, take_outflow: bool) -> None:
        """Read everybody but those of whom it was answered that they are gone."""
        known = self.known
        site = person_row.only_site(
            known.sites,
            known.closed_sites,
            self.sheet,
        )
        around = person_row.Surroundings(
            people=known.people,
            sites=dict(known.sites),
            closed_sites=known.closed_sites,
            rosters=rosters,
            unknown=self.leftovers.unknown,
            numbers=self.same.numbers,
            settled=settled,
            take_outflow=take_outflow,
            only_site=site,
        )
        self.people = gather(
            self.leftovers,
            PEOPLE,
            self.sheet,
            partial(person_row.person, around=around),
            lambda person: person.number.casefold(),
        )
        for number in self.same.left_alone:
            self.people.pop(number, None)
        self._note_absent(site)
        self._settle()

    def _note_absent(self, site: str) -> None:
        if self.sheet is None:
            return
        source = ", ".join(self.sheet.sources)
        for column, message in _ABSENT.items():
            if column not in self.sheet.columns:
                reason = Remark(message, {"column": column, "site": site})
                filled = Filled(
                    PEOPLE.name,
                    line=0,
                    key="",
                    column=column,
                    reason=reason,
                    source=source,
                )
                self.leftovers.filled.append(filled)

    def _settle(self) -> None:
        """Settle what can be told only when all are read."""
        here = {key: person.number for key, person in self.known.people.items()}
        numbers = [taken.record.number for taken in self.people.values()]
        self.named = rows.Named(
            spellings(numbers, here),
            self.same.numbers,
            self.leftovers.unknown,
        )
        addresses = Addresses(
            self.leftovers,
            self.people,
            self.known,
            self.asked,
        )
        self.moved = addresses.settle()
        line = Line(
            self.leftovers,
            self.people,
            self.known,
            self.named,
            self.sheet.headings if self.sheet else {},
        )
        line.settle()
