"""One row of shifts or of rosters -> one record, or `Broken`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.base.i18n import N_
from mentorship.hr_import.reading import cycle
from mentorship.hr_import.reading.cells import Broken, Cells
from mentorship.hr_import.reading.cycle import FREE, Codes, Day
from mentorship.hr_import.reading.export import RosterRecord, ShiftRecord
from mentorship.hr_import.reading.gathering import Leftovers, TakenRow
from mentorship.hr_import.reading.kinds import ROSTERS
from mentorship.hr_import.reading.rows import Names, Unknown
from mentorship.hr_import.reading.spellings import is_dash

DAY = 24 * 60
SHORT_CYCLE = 7
"""A cycle of whole weeks without a start date begins on a Monday; any will do."""
SOME_MONDAY = date(2026, 1, 5)


@dataclass(frozen=True)
class RosterDayRow:
    """One row of a file of rosters that has a row a day."""

    name: str
    day: date
    codes: Day


def shift(cells: Cells, names: Names) -> ShiftRecord:
    """Read a shift; an end that is not after the begin is on the next day, and without times the code means free."""
    code = cells.text(
        "Dienst",
        20,
        required=True,
    )
    if is_dash(code) or " " in code:
        raise cells.broken(
            N_("%(column)s “%(value)s” cannot be a code in a cycle."),
            "Dienst",
            value=code,
        )
    begins, ends = _times(cells)
    return ShiftRecord(
        code=cells.spelled(code, names) or code,
        begins=begins,
        ends=ends,
        description=cells.text("Omschrijving", 200),
    )


def _times(cells: Cells) -> tuple[int | None, int | None]:
    written = [cells.text(column, 100_000) for column in ("Begin", "Eind")]
    if all(not text or is_dash(text) for text in written):
        return None, None
    begins = cells.minutes("Begin") % DAY
    ends = cells.minutes("Eind")
    if ends <= begins:
        ends += DAY
    return begins, ends


@dataclass(frozen=True)
class Rosters:
    """What the rows of rosters are read against: names and shifts that are known, and codes that were mapped."""

    names: Names
    shifts: Names
    settled: Names
    unknown: Unknown

    def _codes(self, cells: Cells, column: str) -> Codes:
        return Codes(
            cells,
            self.shifts,
            self.settled,
            self.unknown,
            column,
        )

    def _name(self, cells: Cells) -> str:
        name = cells.text("Rooster", 100, required=True)
        return cells.spelled(name, self.names) or name

    def whole(self, cells: Cells) -> RosterRecord:
        """Read a roster, its cycle being codes of shifts or `-`."""
        name = self._name(cells)
        text = cells.text("Cyclus", 100_000, required=True)
        codes = self._codes(cells, "Cyclus")
        days = cycle.days(text, codes)
        starts_on = _starts_on(cells, days)
        return RosterRecord(
            name,
            starts_on,
            days,
        )

    def day(self, cells: Cells) -> RosterDayRow:
        """Read one day of a roster that has a row a day."""
        name = self._name(cells)
        day = cells.day("Datum")
        word = cells.text("Dienst", 200) or FREE
        codes = self._codes(cells, "Dienst")
        parts = word.replace(",", " ").split()
        blocks = codes.day("+".join(parts))
        cells.tidied += sorted(codes.tidied)
        return RosterDayRow(
            name,
            day,
            blocks,
        )


def _starts_on(cells: Cells, days: tuple[Day, ...]) -> date:
    whole_weeks = len(days) % SHORT_CYCLE == 0
    if cells.raw.get("Startdatum", "").strip() or not whole_weeks:
        return cells.day("Startdatum")
    missing = cells.broken(N_("%(column)s is empty: the cycle begins on a Monday."), "Startdatum")
    cells.fill("Startdatum", missing)
    return SOME_MONDAY


def dated(name: str, days: Mapping[date, Day]) -> RosterRecord:
    """Return a roster that does not repeat; a day between its first and its last that is not named is free."""
    first = min(days)
    count = (max(days) - first).days + 1
    if count > cycle.LONGEST:
        raise Broken(
            N_("The cycle has %(found)s days; at most %(most)s can be."),
            found=count,
            most=cycle.LONGEST,
        )
    every = tuple(days.get(first + timedelta(days=at), ()) for at in range(count))
    return RosterRecord(
        name,
        first,
        every,
        repeats=False,
    )


def of_days(leftovers: Leftovers, days: Mapping[Hashable, TakenRow[RosterDayRow]]) -> tuple[RosterRecord, ...]:
    """Return the rosters that rows of single days make; set aside one that lasts too long."""
    by_name: dict[str, dict[date, Day]] = defaultdict(dict)
    first: dict[str, TakenRow[RosterDayRow]] = {}
    for taken in days.values():
        row = taken.record
        earlier = first.setdefault(row.name.casefold(), taken)
        worked = by_name[earlier.record.name]
        blocks = (*worked.get(row.day, ()), *row.codes)
        worked[row.day] = tuple(dict.fromkeys(blocks))
    found = []
    for name, worked in by_name.items():
        try:
            roster = dated(name, worked)
        except Broken as broken:
            row_of = first[name.casefold()].row
            leftovers.set_aside(
                ROSTERS,
                row_of,
                broken,
            )
        else:
            found.append(roster)
    return tuple(found)
