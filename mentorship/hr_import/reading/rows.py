"""One row of a file -> one record, or `Broken`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import Broken, Cells
from mentorship.hr_import.reading.export import (
    AwayRecord,
    DomainRecord,
    DuoRecord,
    ExpertiseRecord,
    NeedRecord,
    PreferenceRecord,
)
from mentorship.hr_import.reading.kinds import PREFERENCES

Names = Mapping[str, str]
Unknown = Callable[[Cells, str, str], Broken]
"""(cells, column, name) -> what to say of a name that is not known."""


@dataclass(frozen=True)
class NeedRow:
    """One row of the requests file."""

    number: str
    need: NeedRecord
    goal: str


class Named:
    """The people that rows may name, by number as it is meant."""

    def __init__(self, people: dict[str, str], numbers: Names, unknown: Unknown) -> None:
        self.people = people
        self.numbers = dict(numbers)
        self.unknown = unknown
        self._note_lost_zeros()

    def _note_lost_zeros(self) -> None:
        """Let a number that lost its leading zeros in one of the files still lead to its person, if to nobody else."""
        stripped: dict[str, str | None] = {}
        for key, number in self.people.items():
            short = key.lstrip("0")
            if short != key:
                stripped[short] = None if short in stripped else number
        for short, alone in stripped.items():
            if alone is not None and short not in self.people:
                self.numbers.setdefault(short, alone)

    def find(self, cells: Cells, column: str) -> str:
        """Return the number of the person that a row is about."""
        number = cells.number(column, self.numbers)
        found = cells.spelled(number, self.people)
        if found is None:
            found = self.people.get(number.casefold().lstrip("0"))
        if found is None:
            raise self.unknown(
                cells,
                column,
                number,
            )
        return found


def domain(cells: Cells, names: Names) -> DomainRecord:
    """Read a domain."""
    name = cells.text(
        "Vakgebied",
        200,
        required=True,
    )
    return DomainRecord(
        name=cells.spelled(name, names) or name,
        critical=cells.yes("Kritiek"),
        remote=cells.yes("Op afstand te leren"),
    )


def named_domain(cells: Cells, domains: Names, unknown: Unknown) -> str:
    """Return the domain that a row is about."""
    name = cells.text(
        "Vakgebied",
        100_000,
        required=True,
    )
    found = cells.spelled(name, domains)
    if found is None:
        raise unknown(
            cells,
            "Vakgebied",
            name,
        )
    return found


def expertise(cells: Cells, people: Named, domains: Names, unknown: Unknown) -> ExpertiseRecord:
    """Read a person's level in a domain."""
    return ExpertiseRecord(
        number=people.find(cells, "Medewerkernummer"),
        domain=named_domain(
            cells,
            domains,
            unknown,
        ),
        level=cells.level("Niveau"),
        willing=cells.yes("Wil overdragen"),
    )


def preference(cells: Cells, people: Named, roles: Mapping[str, frozenset[str]]) -> PreferenceRecord:
    """Read five figures: a junior's ranking, a senior's comfort; of others, whichever it can be."""
    number = people.find(cells, "Medewerkernummer")
    columns = PREFERENCES.required[1:]
    figures = tuple(
        cells.whole(
            column,
            0,
            5,
        )
        for column in columns
    )
    can_rank = sorted(figures) == [1, 2, 3, 4, 5]
    can_suit = max(figures) <= 4
    held = roles[number] & {"junior", "senior"}
    if held == {"junior"}:
        if not can_rank:
            raise Broken(N_("A junior ranks the five forms: each of 1 to 5 once."))
        return PreferenceRecord(
            number,
            figures,
            is_wish=True,
        )
    if held == {"senior"}:
        if not can_suit:
            raise Broken(N_("A mentor gives each of the five forms 0 to 4."))
        return PreferenceRecord(
            number,
            figures,
            is_wish=False,
        )
    if not can_rank and not can_suit:
        raise Broken(N_("The five forms are neither a ranking (each of 1 to 5 once) nor each 0 to 4."))
    return PreferenceRecord(
        number,
        figures,
        is_wish=can_rank,
    )


def need(cells: Cells, people: Named, domains: Names, unknown: Unknown) -> NeedRow:
    """Read one need of a mentor request; one without importance is of the middle one."""
    number = people.find(cells, "Medewerkernummer")
    name = named_domain(
        cells,
        domains,
        unknown,
    )
    current = cells.level("Huidig niveau")
    target = cells.level("Gewenst niveau")
    if target <= current:
        message = N_("The target %(target)s is not above the current level %(current)s.")
        raise Broken(
            message,
            target=target,
            current=current,
        )
    needed = NeedRecord(
        name,
        current,
        target,
        importance=cells.whole(
            "Belang",
            1,
            3,
        )
        if cells.text("Belang", 100_000)
        else 2,
    )
    return NeedRow(
        number,
        needed,
        goal=cells.text("Doel", 2000),
    )


def duo(cells: Cells, people: Named, domains: Names, unknown: Unknown) -> DuoRecord:
    """Read a running pair."""
    mentor = people.find(cells, "Mentor")
    junior = people.find(cells, "Junior")
    if mentor == junior:
        raise Broken(N_("Mentor and junior are the same person."))
    return DuoRecord(
        mentor,
        junior,
        domain=named_domain(
            cells,
            domains,
            unknown,
        ),
        started_on=cells.day("Sinds"),
    )


def away(cells: Cells, people: Named) -> AwayRecord:
    """Read from when until when somebody is not available."""
    number = people.find(cells, "Medewerkernummer")
    first = cells.day("Van")
    last = cells.day("Tot")
    if last < first:
        raise Broken(N_("The last day is before the first."))
    return AwayRecord(
        number,
        first,
        last,
    )
