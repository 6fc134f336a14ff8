"""The outcomes of each site, and which of them are of too few people to stand beside the others. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mentorship.insight.outcomes import rules
from mentorship.insight.outcomes.facts import Facts
from mentorship.insight.outcomes.rules import OF_A_SITE, Outcomes


def of_sites(facts: Facts, since: date, until: date) -> dict[int, Outcomes]:
    """Return the outcomes of each site."""
    return {site: rules.outcomes(one, since, until) for site, one in facts.by_site().items()}


def hidden_cells(sites: Mapping[int, Outcomes]) -> set[tuple[int, str]]:
    """Return which outcomes of which sites are of too few people to stand beside the others."""
    ids = list(sites)
    found = set()
    for key in OF_A_SITE:
        people = [sites[site][key].people for site in ids]
        for place in rules.too_few(people):
            found.add((ids[place], key))
    return found


def visible(sites: Mapping[int, Outcomes]) -> dict[int, Outcomes]:
    """Return of each site what may be shown of it; what is of too few people is not in it."""
    hidden = hidden_cells(sites)
    found = {}
    for site, outcomes in sites.items():
        found[site] = {key: outcomes[key] for key in OF_A_SITE if (site, key) not in hidden}
    return found
