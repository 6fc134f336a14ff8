"""Pure decisions about sites: in which regions one can lie."""

from __future__ import annotations

from collections.abc import Iterator

COUNTRIES = ("NL", "BE", "DE", "LU", "FR", "GB", "DK", "PL")
"""Where a site can be, as ISO 3166-1 has it."""
STATES = ("BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH")
"""The states of Germany, which have public holidays of their own, as ISO 3166-2 has them."""


def _regions() -> Iterator[str]:
    for country in COUNTRIES:
        yield country
        if country == "DE":
            for state in STATES:
                yield f"DE-{state}"


REGIONS = tuple(_regions())
"""Every region, a country before its parts."""
