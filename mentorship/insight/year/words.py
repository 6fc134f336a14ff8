"""A year ahead, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mentorship.base.figures.hours import HourBar, hour_bar
from mentorship.base.i18n import gettext, month, ngettext
from mentorship.insight.year.rules import Month


@dataclass(frozen=True)
class MonthLine:
    """A month as it stands on the page: its name, its numbers, the bar of them, and what happens in it."""

    name: str
    month: Month
    bar: HourBar
    happens: str


def heading(months: Sequence[Month]) -> str:
    """Say in which month places are short first, and how many; else that there are enough."""
    for one in months:
        if one.over < 0:
            return ngettext(
                "%(num)s place is short: %(month)s",
                "%(num)s places are short: %(month)s",
                -one.over,
                month=month(one.first),
            )
    return gettext("There are places enough for a year, as far as is known now")


def lines(months: Sequence[Month]) -> list[MonthLine]:
    """Return the months, their bars on one scale."""
    full = max(max(one.places, one.running + one.asking) for one in months)
    return [_line(one, max(full, 1), number) for number, one in enumerate(months)]


def _line(one: Month, full: int, number: int) -> MonthLine:
    bar = hour_bar(one.running + one.asking, one.places, full=Decimal(full))
    told = replace(
        bar,
        count=ngettext(
            "%(needed)s of %(num)s place",
            "%(needed)s of %(num)s places",
            one.places,
            needed=one.running + one.asking,
        ),
        verdict=_verdict(one) if bar.tone else "",
    )
    return MonthLine(
        name=month(one.first) if number else gettext("now"),
        month=one,
        bar=told,
        happens=_happens(one),
    )


def _verdict(one: Month) -> str:
    return ngettext("%(num)s short", "%(num)s short", -one.over)


def _happens(one: Month) -> str:
    said = []
    if one.ends:
        said.append(ngettext("%(num)s pair ends", "%(num)s pairs end", one.ends))
    if one.leavers:
        said.append(ngettext("%(num)s mentor leaves", "%(num)s mentors leave", one.leavers))
    if one.newcomers:
        said.append(ngettext("%(num)s newcomer expected", "%(num)s newcomers expected", one.newcomers))
    return ", ".join(said)


def endless(number: int) -> str:
    """Say how many pairs have no known end."""
    return ngettext(
        "Of %(num)s pair or proposal no end is known: it stays in this picture the whole year.",
        "Of %(num)s pairs and proposals no end is known: they stay in this picture the whole year.",
        number,
    )
