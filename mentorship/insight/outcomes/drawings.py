"""Outcomes as pictures: four tiles and four charts, each with its finding and the table of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.figures.histogram import Bin, Histogram, histogram
from mentorship.base.figures.line import Spark, spark
from mentorship.base.i18n import gettext, integer, month, ngettext
from mentorship.insight.outcomes import words
from mentorship.insight.outcomes.months import Month
from mentorship.insight.outcomes.rules import HOURS, MATCHED, RUNNING, STEPS, WAIT, Figure, Outcomes
from mentorship.insight.outcomes.survival import Span, had_it

AT_WEEKS = (1, 2, 4, 8, 13, 26, 39, 52)
"""After so many weeks it is told how many of a hundred have a mentor."""
MOST_MONTHS = 9
HUNDRED = 100


@dataclass(frozen=True)
class Tile:
    """A figure with what it is about, and its last months where they say something."""

    title: str
    value: str
    note: str
    spark: Spark | None = None


@dataclass(frozen=True)
class Chart:
    """A histogram with its finding, what it shows in words, and a note beside it."""

    id: str
    title: str
    told: str
    note: str
    figure: Histogram


def tiles(found: Outcomes, months: Sequence[Month]) -> list[Tile]:
    """Return the four figures that are asked for first."""
    matched = found[MATCHED]
    wait = found[WAIT]
    asked = ngettext("of %(num)s request", "of %(num)s requests", matched.of or 0)
    return [
        Tile(
            words.title(MATCHED),
            integer(matched.number),
            asked,
            _trend([each.asked for each in months]),
        ),
        Tile(
            words.title(WAIT),
            _median(wait),
            words.figure(WAIT, wait),
        ),
        _tile(
            found,
            RUNNING,
            _trend([each.begun for each in months]),
            gettext("line: pairs that began a month"),
        ),
        _tile(
            found,
            STEPS,
            _trend([each.steps for each in months]),
            gettext("line: steps a month"),
        ),
    ]


def _tile(found: Outcomes, key: str, line: Spark | None, said: str) -> Tile:
    return Tile(
        words.title(key),
        integer(found[key].number),
        said if line else "",
        line,
    )


def _trend(numbers: Sequence[int]) -> Spark | None:
    return spark(list(map(float, numbers)), lambda value: integer(int(value)))


def _median(wait: Figure) -> str:
    if wait.median is None:
        return words.NONE
    return ngettext("%(num)s week", "%(num)s weeks", words.weeks(wait.median))


def charts(found: Outcomes, months: Sequence[Month], waits: Sequence[Span]) -> list[Chart]:
    """Return the charts of which there is something to show; `waits`: how long each request waited."""
    drawn = [_chances(waits), _beginnings(months), _hours(found[HOURS]), _steps(months)]
    return [chart for chart in drawn if chart is not None]


def _chances(waits: Sequence[Span]) -> Chart | None:
    """Show how many of a hundred have a mentor after so many weeks; None while nobody was seen for so long."""
    bins = []
    for number in AT_WEEKS:
        share = had_it(waits, number * words.WEEK)
        if share is not None:
            name = ngettext("%(num)s week", "%(num)s weeks", number)
            one = Bin(name, round(share * HUNDRED))
            bins.append(one)
    if not bins:
        return None
    last = bins[-1]
    return Chart(
        "chances",
        gettext(
            "After %(weeks)s %(number)s of a hundred who ask have a mentor",
            weeks=last.name,
            number=integer(last.count),
        ),
        gettext(
            "How many of a hundred who ask have a mentor after so many weeks, by those who asked in the past year."
        ),
        gettext("who still waits counts too"),
        histogram(bins, (gettext("After"), gettext("Of a hundred have a mentor"))),
    )


def _beginnings(months: Sequence[Month]) -> Chart:
    shown = months[-MOST_MONTHS:]
    bins = [Bin(month(each.first), each.begun) for each in shown]
    return Chart(
        "beginnings",
        ngettext(
            "%(num)s pair began since %(month)s",
            "%(num)s pairs began since %(month)s",
            sum(each.begun for each in shown),
            month=bins[0].name,
        ),
        gettext("How many pairs began in each month."),
        gettext("pairs that began, by month"),
        histogram(bins, (gettext("Month"), gettext("Pairs that began"))),
    )


def _steps(months: Sequence[Month]) -> Chart | None:
    shown = months[-MOST_MONTHS:]
    number = sum(each.steps for each in shown)
    if not number:
        return None
    bins = [Bin(month(each.first), each.steps) for each in shown]
    return Chart(
        "steps",
        ngettext(
            "%(num)s step was confirmed since %(month)s",
            "%(num)s steps were confirmed since %(month)s",
            number,
            month=bins[0].name,
        ),
        gettext("How many steps were confirmed in each month."),
        gettext("steps confirmed, by month"),
        histogram(bins, (gettext("Month"), gettext("Steps confirmed"))),
    )


def _hours(found: Figure) -> Chart | None:
    """Show hours a week given beside those confirmed and promised."""
    if not found.people:
        return None
    named = (
        (gettext("given"), "given"),
        (gettext("confirmed"), "confirmed"),
        (gettext("promised"), "promised"),
    )
    bins = [Bin(name, round(found.more.get(key, 0))) for name, key in named]
    return Chart(
        "hours",
        words.hours_title(found),
        gettext("Hours a week that mentors give, beside those confirmed and promised."),
        gettext("hours a week, of mentors who log"),
        histogram(bins, (gettext("Hours a week"), gettext("Hours"))),
    )
