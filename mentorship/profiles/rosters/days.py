"""The days of one roster as they are set: per day the shifts on it, by id. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mentorship.matching import LONGEST

WEEK = 7
STEP = 28
"""Days that are set on one page, and that a roster is made longer by."""
FREE = "-"
AND = "."
Days = tuple[tuple[int, ...], ...]


def written(days: Days) -> str:
    """Write days as one line, for a form to carry what is not saved yet."""
    words = []
    for shifts in days:
        codes = [str(shift) for shift in shifts]
        words.append(AND.join(codes) or FREE)
    return " ".join(words)


def read(line: str, known: Collection[int]) -> Days:
    """Read days that were written.

    Raises
    ------
    ValueError
        If these are no days, more than a roster can have, or of a shift that is not known.
    """
    words = line.split()
    if not 1 <= len(words) <= LONGEST:
        raise ValueError("not the days of a roster")
    found = []
    for word in words:
        shifts = set()
        if word != FREE:
            shifts = {int(code) for code in word.split(AND)}
        if not shifts.issubset(known):
            raise ValueError("not a shift that is here")
        found.append(tuple(sorted(shifts)))
    return tuple(found)


def with_set(days: Days, ticked: Mapping[int, Collection[int]]) -> Days:
    """Return days with other shifts on some of them."""
    found = list(days)
    for day, shifts in ticked.items():
        if 0 <= day < len(found):
            found[day] = tuple(sorted(set(shifts)))
    return tuple(found)


def with_week_repeated(days: Days, week: int) -> Days:
    """Return days with one week (0 the first) in all the weeks after it as well."""
    begins = week * WEEK
    copied = days[begins : begins + WEEK]
    found = list(days)
    for day in range(begins + WEEK, len(days)):
        place = (day - begins) % WEEK
        if place < len(copied):
            found[day] = copied[place]
    return tuple(found)


def of_length(days: Days, length: int) -> Days:
    """Return so many days: the first of them, with free ones after the last."""
    free: Days = ((),) * max(0, length - len(days))
    return days[:length] + free


def longer(days: Days) -> Days:
    """Return days with four free weeks more, as far as a roster goes."""
    return of_length(days, min(LONGEST, len(days) + STEP))
