"""A person's week as a row of the list, and as rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, time_of_day
from mentorship.insight.week import rules
from mentorship.insight.week.plan import Logged, Meeting, Plan
from mentorship.insight.week.planned import NO_HOURS, Guiding
from mentorship.matching import Timetable
from mentorship.people.models import Person

HOUR = 60
DAY = 24 * HOUR


@dataclass(frozen=True)
class MeetingLine:
    """With whom somebody works on a day: what they do, the name and number, from when to when, and the hours."""

    side: str
    name: str
    number: str
    times: str
    hours: Decimal


@dataclass(frozen=True)
class DayCell:
    """A day of somebody: their own shift, and with whom they work."""

    day: date
    shift: str
    lines: list[MeetingLine]
    guides: Decimal = NO_HOURS


@dataclass(frozen=True)
class PersonWeek:
    """A person's week: their days by key, the hours planned, and (of a mentor) what was logged of late."""

    person: Person
    site: str
    has_roster: bool
    days: list[DayCell]
    guides: Decimal
    learns: Decimal
    logged: Logged | None

    @property
    def meets(self) -> bool:
        """Tell whether they work together with anybody."""
        return any(cell.lines for cell in self.days)


@dataclass(frozen=True)
class SheetRow:
    """A person, a day and with whom they work."""

    day: date
    number: str
    name: str
    site: str
    shift: str
    side: str
    with_number: str
    with_name: str
    times: str
    hours: Decimal
    spent: Decimal | None
    planned: Decimal | None


def week(
    person: Person,
    plan: Plan,
    monday: date,
    sites: Mapping[int, str],
    logged: Mapping[int, Logged],
) -> PersonWeek:
    """Return a person's week."""
    person_id = id_of(person)
    timetable = plan.timetables.get(person_id)
    days = rules.days_of(monday)
    shifts = _shifts(timetable, monday)
    cells = []
    for day, shift in zip(days, shifts, strict=True):
        lines = []
        for one in plan.of(person_id, day):
            line = _line(one, person_id, plan)
            lines.append(line)
        guides = plan.guides(person_id, day)
        cell = DayCell(day, shift, lines, guides)
        cells.append(cell)
    return PersonWeek(
        person=person,
        site=sites.get(person.site_id, ""),
        has_roster=timetable is not None,
        days=cells,
        guides=sum((cell.guides for cell in cells), NO_HOURS),
        learns=sum((plan.learns(person_id, day) for day in days), NO_HOURS),
        logged=logged.get(person_id),
    )


def _shifts(timetable: Timetable | None, monday: date) -> list[str]:
    """Return the shifts of each day of a week, as on a clock."""
    if timetable is None:
        return [""] * rules.DAYS
    found = []
    for blocks in timetable.worked(rules.DAYS, monday.toordinal()):
        shifts = []
        for begin, end in blocks:
            shift = f"{_clock(begin)}–{_clock(end)}"
            shifts.append(shift)
        found.append(", ".join(shifts))
    return found


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes % DAY, HOUR)
    return f"{hour:02}:{minute:02}"


def _line(one: Meeting, person_id: int, plan: Plan) -> MeetingLine:
    other = plan.persons[one.pair.other_of(person_id)]
    guides = one.pair.mentor_id == person_id
    return MeetingLine(
        side=gettext("mentor of") if guides else gettext("learns from"),
        name=other.name,
        number=other.number,
        times=times(one.guiding),
        hours=one.guiding.hours,
    )


def times(guiding: Guiding) -> str:
    """Write from when to when two are at work together."""
    stretches = []
    for begin, end in guiding.times:
        stretch = f"{time_of_day(begin)}–{time_of_day(end)}"
        stretches.append(stretch)
    return ", ".join(stretches)


def sheet_rows(weeks: Sequence[PersonWeek]) -> Iterator[SheetRow]:
    """Yield the rows of the sheet of these weeks: a row a day and other, by person."""
    for found in weeks:
        for cell in found.days:
            for line in cell.lines:
                yield _sheet_row(found, cell, line)


def _sheet_row(found: PersonWeek, cell: DayCell, line: MeetingLine) -> SheetRow:
    person = found.person
    logged = found.logged
    return SheetRow(
        day=cell.day,
        number=person.number,
        name=person.name,
        site=found.site,
        shift=cell.shift,
        side=line.side,
        with_number=line.number,
        with_name=line.name,
        times=line.times,
        hours=line.hours,
        spent=None if logged is None else logged.spent,
        planned=None if logged is None else logged.planned,
    )
