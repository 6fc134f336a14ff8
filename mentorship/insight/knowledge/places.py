"""Which domain is held by how many at which site, as a table to look over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, integer, ngettext
from mentorship.base.lists import Column, Listing
from mentorship.insight.knowledge.facts import Facts, Field

BARS = ((4, 3), (2, 2), (1, 1))
"""From how many holders on a cell has so many bars; fewer have none."""
MOST_BARS = 3
ALARM, NOTICE, PLAIN = "r4", "r3", ""


@dataclass(frozen=True)
class Cell:
    """So many hold a domain at a site: the number, its bars, its colour, and the same in words."""

    site: str
    holders: int
    number: str
    bars: range
    dim: range
    tone: str
    told: str


@dataclass(frozen=True)
class SiteRow:
    """A domain with a cell for each site, and how many hold it altogether."""

    key: int
    title: str
    critical: bool
    cells: Sequence[Cell]
    everywhere: int


def table(facts: Facts) -> list[SiteRow]:
    """Return a row for each domain, the critical ones first; of one site alone there is nothing to compare."""
    sites = in_order(facts)
    counted = Counter((holder.domain_id, holder.site_id) for holder in facts.holders)
    found = []
    for field in sorted(facts.fields, key=_critical_first):
        cells = []
        everywhere = 0
        for site_id, site in sites:
            number = counted[field.domain_id, site_id]
            everywhere += number
            cells.append(_cell(field, site, number))
        row = SiteRow(
            field.domain_id,
            field.title,
            field.critical,
            cells,
            everywhere,
        )
        found.append(row)
    return found


def listing(facts: Facts) -> Listing:
    """Return the same as a sheet: a column for each site."""
    of_sites = [Column(str(key), name, _at(place), number=True) for place, (key, name) in enumerate(in_order(facts))]
    return Listing(
        "knowledge-sites",
        N_("Sites and domains"),
        (
            Column("domain", N_("Domain"), lambda row: row.title),
            Column("critical", N_("Critical"), lambda row: row.critical),
            *of_sites,
            Column("all", N_("Altogether"), lambda row: row.everywhere, number=True),
        ),
    )


def _at(place: int) -> Callable[[SiteRow], int]:
    """Return how to read the holders at a site off a row."""
    return lambda row: row.cells[place].holders


def in_order(facts: Facts) -> list[tuple[int, str]]:
    """Return the sites by the letters of their names."""
    return sorted(facts.sites.items(), key=_letters)


def _letters(site: tuple[int, str]) -> str:
    return site[1].casefold()


def _critical_first(field: Field) -> tuple[bool, str]:
    return not field.critical, field.title.casefold()


def _cell(field: Field, site: str, number: int) -> Cell:
    bars = 0
    for least, drawn in BARS:
        if number >= least:
            bars = drawn
            break
    return Cell(
        site=site,
        holders=number,
        number=integer(number),
        bars=range(bars),
        dim=range(MOST_BARS - bars),
        tone=_tone(field, number),
        told=_told(number),
    )


def _tone(field: Field, number: int) -> str:
    if not field.critical or number > 1:
        return PLAIN
    return NOTICE if number else ALARM


def _told(number: int) -> str:
    if not number:
        return gettext("nobody")
    return ngettext("%(num)s holder", "%(num)s holders", number)


def heading(found: Sequence[SiteRow]) -> str:
    """Say at how many places a critical domain has nobody or one."""
    number = 0
    for row in found:
        number += sum(bool(cell.tone) for cell in row.cells)
    if not number:
        return gettext("Every critical domain has two holders or more at every site")
    return ngettext(
        "At %(num)s place a critical domain has one holder or nobody",
        "At %(num)s places a critical domain has one holder or nobody",
        number,
    )
