"""When two are at work together first, and on how many of the coming shifts. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mentorship.matching import TOGETHER, Timetable, together_days

SHIFTS = 20
AHEAD = 84
"""Days that hold so many shifts for whoever works at all."""
AN_HOUR = 60


@dataclass(frozen=True)
class Shared:
    """The first day together (None: none in sight), and on how many of so many coming shifts."""

    first: date | None
    together: int
    shifts: int


def shared(junior: Timetable | None, mentor: Timetable | None, today: date, *, remote: bool) -> Shared:
    """Return how the junior's coming shifts meet the mentor's."""
    if junior is None or mentor is None:
        return Shared(None, 0, 0)
    tomorrow = today.toordinal() + 1
    least = AN_HOUR if remote else TOGETHER
    days = [tomorrow + place for place, blocks in enumerate(junior.worked(AHEAD, tomorrow)) if blocks][:SHIFTS]
    met = set(together_days(junior, mentor, tomorrow, AHEAD, least)).intersection(days)
    first = date.fromordinal(min(met)) if met else None
    return Shared(first, len(met), len(days))
