"""The public holidays of a region, from the library `holidays`. Pure."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays import country_holidays

LANGUAGES = {"nl": "nl", "en": "en_US"}
"""What the library calls our languages; where it has no words in one it answers in a language of the country."""


def of_region(region: str, year: int, language: str = "en") -> dict[date, str]:
    """Return the public holidays of a year in a region ("NL", "DE-NW") with their names, in order."""
    return dict(_of_region(region, year, LANGUAGES[language]))


def days(region: str, first: date, last: date) -> set[date]:
    """Return the public holidays between two days, both included."""
    found = set()
    for year in range(first.year, last.year + 1):
        for day, _name in _of_region(region, year, LANGUAGES["en"]):
            if first <= day <= last:
                found.add(day)
    return found


@lru_cache(maxsize=500)
def _of_region(region: str, year: int, language: str) -> tuple[tuple[date, str], ...]:
    country, _, part = region.partition("-")
    try:
        found = country_holidays(
            country,
            subdiv=part or None,
            years=year,
            language=language,
        )
    except NotImplementedError:  # a region that the library does not know has no holidays of its own
        return ()
    named = [(day, found[day]) for day in sorted(found)]
    return tuple(named)
