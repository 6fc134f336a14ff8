"""A closed quarter: what is kept of it, and how it differs from the one before. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from mentorship.insight.outcomes import rules
from mentorship.insight.outcomes.facts import Facts
from mentorship.insight.outcomes.rules import Figure, Outcomes
from mentorship.insight.outcomes.sites import of_sites, visible
from mentorship.insight.published.rules import next_quarter

WHOLE = 0
"""What stands for the organisation where a site could stand."""
KNOWN = frozenset(each.name for each in fields(Figure))


@dataclass(frozen=True)
class Closed:
    """A quarter by its first day: the outcomes of the whole, of each site as far as they may be shown, their names."""

    quarter: date
    whole: Outcomes
    sites: dict[int, Outcomes]
    names: dict[int, str]


def close(facts: Facts, quarter: date) -> Closed | None:
    """Return what is kept of a quarter; None where nobody had asked for a mentor by its end."""
    until = next_quarter(quarter)
    if not any(wish.asked < until for wish in facts.wishes):
        return None
    sites = visible(of_sites(facts, quarter, until))
    return Closed(
        quarter,
        rules.outcomes(facts, quarter, until),
        sites,
        {site: facts.sites[site] for site in sites},
    )


def read(kept: Mapping[str, Any]) -> Outcomes:
    """Return outcomes from what was kept of them, whatever a later version kept besides."""
    found = {}
    for key, values in kept.items():
        known = {name: value for name, value in values.items() if name in KNOWN}
        found[key] = Figure(**known)
    return found
