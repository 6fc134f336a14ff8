"""Outcomes as rows: of the whole, by site, by month, and all of it as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, integer, month, ngettext
from mentorship.base.lists import Value
from mentorship.insight.outcomes import rules, words
from mentorship.insight.outcomes.behind import behind
from mentorship.insight.outcomes.changes import changed
from mentorship.insight.outcomes.months import Month
from mentorship.insight.outcomes.quarters import Closed
from mentorship.insight.outcomes.rules import (
    ENDED_WELL,
    HOURS,
    MATCHED,
    RUNNING,
    STEPS,
    WAIT,
    WAITING,
    Figure,
    Outcomes,
)
from mentorship.insight.published.words import quarter_name

SITE_HEADS = {
    MATCHED: N_("Got a mentor"),
    WAITING: N_("Still without"),
    WAIT: N_("Half within"),
    RUNNING: N_("Pairs that run"),
    ENDED_WELL: N_("Ended well"),
    STEPS: N_("Steps"),
}
"""What is told of each site, in few words."""


@dataclass(frozen=True)
class Line:
    """An outcome in words: what it is called, how it stands, what is behind it, what it cannot say."""

    title: str
    figure: str
    behind: str
    cannot: str


@dataclass(frozen=True)
class SiteLine:
    """A site, with a cell for each outcome that is told of it."""

    name: str
    cells: list[tuple[str, str]]


def lines(found: Outcomes) -> list[Line]:
    """Return every outcome in words, in the order in which they are told."""
    shown = []
    for key in rules.KEYS:
        figure = found[key]
        line = Line(
            words.title(key),
            words.figure(key, figure),
            behind(key, figure),
            words.cannot(key),
        )
        shown.append(line)
    return shown


MONTH_HEADS = (
    N_("Month"),
    N_("Requests"),
    N_("Pairs that began"),
    N_("Pairs that ended"),
    N_("Steps confirmed"),
)


def month_rows(months: Sequence[Month]) -> list[tuple[str, list[str]]]:
    """Return each month with its numbers, the newest first."""
    found = []
    for each in reversed(months):
        numbers = each.asked, each.begun, each.ended, each.steps
        row = month(each.first), list(map(integer, numbers))
        found.append(row)
    return found


def site_lines(sites: Mapping[int, Outcomes], names: Mapping[int, str]) -> list[SiteLine]:
    """Return a row for each site; what may not be shown of it (`sites.visible`) is said to be of too few."""
    found = []
    for site, outcomes in sites.items():
        cells = []
        for key, head in SITE_HEADS.items():
            figure = outcomes.get(key)
            written = gettext("too few") if figure is None else _cell(key, figure)
            cells.append((gettext(head), written))
        line = SiteLine(names.get(site, ""), cells)
        found.append(line)
    return found


def _cell(key: str, figure: Figure) -> str:
    """Write an outcome of a site in little room."""
    if key == WAIT and figure.median is not None:
        return ngettext("%(num)s week", "%(num)s weeks", words.weeks(figure.median))
    return words.figure(key, figure)


HEADS = (
    N_("Site"),
    N_("Outcome"),
    N_("How many"),
    N_("Of how many"),
    N_("People"),
    N_("A quarter within (weeks)"),
    N_("Half within (weeks)"),
    N_("Three quarters within (weeks)"),
    N_("In words"),
    N_("Behind it"),
    N_("What it cannot say"),
)


def sheet(found: Outcomes, sites: Mapping[int, Outcomes], names: Mapping[int, str]) -> list[list[Value]]:
    """Return the outcomes of the whole and of the sites as rows of a sheet, as far as the page shows them."""
    everywhere = gettext("The whole organisation")
    rows = [_row(everywhere, key, found[key]) for key in rules.KEYS]
    for site, outcomes in sites.items():
        for key in SITE_HEADS:
            name = names.get(site, "")
            figure = outcomes.get(key)
            row = _too_few(name, key) if figure is None else _row(name, key, figure)
            rows.append(row)
    return rows


def _row(site: str, key: str, figure: Figure) -> list[Value]:
    return [
        site,
        words.title(key),
        _number(key, figure, "given"),
        figure.of if key != HOURS else _number(key, figure, "confirmed"),
        figure.people,
        _weeks(figure.early),
        _weeks(figure.median),
        _weeks(figure.late),
        words.figure(key, figure),
        behind(key, figure),
        words.cannot(key),
    ]


def _number(key: str, figure: Figure, name: str) -> Value:
    """Return the number of an outcome; of hours those under a name."""
    return figure.more.get(name, 0) if key == HOURS else figure.number


def _weeks(days: int | None) -> int | None:
    return None if days is None else words.weeks(days)


def _too_few(site: str, key: str) -> list[Value]:
    empty: list[Value] = [None] * 6
    return [
        site,
        words.title(key),
        *empty,
        gettext("too few"),
        "",
        "",
    ]


QUARTER_HEADS = (N_("Quarter"), *HEADS[:8], N_("In words"), N_("What changed"), *HEADS[9:])


def quarter_sheet(closed: Closed, before: Closed | None) -> list[list[Value]]:
    """Return a closed quarter as rows of a sheet: the same, with what changed beside each figure of the whole."""
    name = quarter_name(closed.quarter)
    rows = []
    for place, row in enumerate(sheet(closed.whole, closed.sites, closed.names)):
        told = ""
        if place < len(rules.KEYS):
            key = rules.KEYS[place]
            earlier = None if before is None else before.whole.get(key)
            told = changed(key, closed.whole[key], earlier)
        rows.append([name, *row[:9], told, *row[9:]])
    return rows
