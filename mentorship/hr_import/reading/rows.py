"""One row of a file -> one record, or `Broken`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import Broken, Cells
from mentorship.hr_import.reading.export import (
    DomainRecord,
    DuoRecord,
    ExpertiseRecord,
    NeedRecord,
    PreferenceRecord,
    RosterRecord,
    ShiftRecord,
)
from mentorship.hr_import.reading.sheets import PREFERENCES

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
        raise Broken(
            N_("%(column)s “%(value)s” cannot be a code in a cycle."),
            column="Dienst",
            value=code,
        )
    begins = cells.minutes("Begin")
    ends = cells.minutes("Eind")
    if ends <= begins:
        ends += DAY
    return ShiftRecord(
        code=cells.spelled(code, names) or code,
        begins=begins,
        ends=ends,
        description=cells.text("Omschrijving", 200),
    )


def roster(cells: Cells, names: Names, shifts: Names, unknown: Unknown) -> RosterRecord:
    """Read a roster, its cycle being codes of shifts or `-`."""
    name = cells.text("Rooster", 100, required=True)
    starts_on = cells.day("Startdatum")
    codes = cells.text("Cyclus", 100_000, required=True).split(" ")
    if len(codes) > LONGEST_CYCLE:
        raise Broken(
            N_("The cycle has %(found)s days; at most %(most)s can be."),
            found=len(codes),
            most=LONGEST_CYCLE,
        )
    cycle: list[tuple[str, ...]] = []
    for code in codes:
        if code == FREE:
            cycle.append(())
            continue
        known = cells.spelled(code, shifts)
        if known is None:
            raise unknown("Cyclus", code)
        cycle.append((known,))
    spelled = cells.spelled(name, names) or name
    return RosterRecord(spelled, starts_on, tuple(cycle))


def domain(cells: Cells, names: Names) -> DomainRecord:
    """Read a domain."""
    name = cells.text("Vakgebied", 200, required=True)
    return DomainRecord(
        name=cells.spelled(name, names) or name,
        critical=cells.yes("Kritiek"),
        remote=cells.yes("Op afstand te leren"),
    )


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
    return ExpertiseRecord(
        number=named_person(
            cells,
            "Medewerkernummer",
            people,
            unknown,
        ),
        domain=named_domain(cells, domains, unknown),
        level=cells.whole("Niveau", 0, 5),
        willing=cells.yes("Wil overdragen"),
    )


def preference(cells: Cells, people: Names, roles: Mapping[str, frozenset[str]], unknown: Unknown) -> PreferenceRecord:
    """Read five figures: a junior's ranking, a senior's comfort; of others, whichever it can be."""
    number = named_person(
        cells,
        "Medewerkernummer",
        people,
        unknown,
    )
    columns = PREFERENCES.required[1:]
    figures = tuple(cells.whole(column, 0, 5) for column in columns)
    can_rank = sorted(figures) == [1, 2, 3, 4, 5]
    can_suit = max(figures) <= 4
    held = roles[number] & {"junior", "senior"}
    if held == {"junior"}:
        if not can_rank:
            raise Broken(N_("A junior ranks the five forms: each of 1 to 5 once."))
        return PreferenceRecord(number, figures, is_wish=True)
    if held == {"senior"}:
        if not can_suit:
            raise Broken(N_("A mentor gives each of the five forms 0 to 4."))
        return PreferenceRecord(number, figures, is_wish=False)
    if not can_rank and not can_suit:
        raise Broken(N_("The five forms are neither a ranking (each of 1 to 5 once) nor each 0 to 4."))
    return PreferenceRecord(number, figures, is_wish=can_rank)


def need(cells: Cells, people: Names, domains: Names, unknown: Unknown) -> NeedRow:
    """Read one need of a mentor request."""
    number = named_person(
        cells,
        "Medewerkernummer",
        people,
        unknown,
    )
    name = named_domain(cells, domains, unknown)
    current = cells.whole("Huidig niveau", 0, 5)
    target = cells.whole("Gewenst niveau", 0, 5)
    if target <= current:
        message = N_("The target %(target)s is not above the current level %(current)s.")
        raise Broken(message, target=target, current=current)
    importance = cells.whole("Belang", 1, 3)
    needed = NeedRecord(
        name,
        current,
        target,
        importance,
    )
    return NeedRow(number, needed, goal=cells.text("Doel", 2000))


def duo(cells: Cells, people: Names, domains: Names, unknown: Unknown) -> DuoRecord:
    """Read a running pair."""
    mentor = named_person(
        cells,
        "Mentor",
        people,
        unknown,
    )
    junior = named_person(
        cells,
        "Junior",
        people,
        unknown,
    )
    if mentor == junior:
        raise Broken(N_("Mentor and junior are the same person."))
    return DuoRecord(
        mentor,
        junior,
        domain=named_domain(cells, domains, unknown),
        started_on=cells.day("Sinds"),
    )
