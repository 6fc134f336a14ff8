"""The hours of a duo week by week, as the two and their lines read them: drawn, and in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mentorship.base.figures.weeks import WIDE, HourWeek, WeekBars, week_bars
from mentorship.base.i18n import decimal, gettext, ngettext, short_day
from mentorship.checkins.duo.queries import NotedWeek

NOT_PLANNED = "–"


@dataclass(frozen=True)
class Hours:
    """The drawing of some weeks, what they find, and what there is to see."""

    bars: WeekBars
    title: str
    told: str
    legend: str

    @property
    def drawn(self) -> bool:
        """Tell whether there is anything to draw, rather than only weeks apart."""
        return any(bar.kind != "none" and (bar.height or bar.stroke is not None) for bar in self.bars.bars)


def drawn(weeks: Sequence[NotedWeek]) -> Hours | None:
    """Draw the weeks of a duo; None without any."""
    if not weeks:
        return None
    shown = []
    for week in weeks:
        bar = HourWeek(
            label=short_day(week.monday),
            hours=week.hours,
            agreed=week.foreseen,
            word="" if week.foreseen else NOT_PLANNED,
        )
        shown.append(bar)
    bars = week_bars(shown)
    return Hours(
        bars=bars,
        title=title(weeks),
        told=gettext("Hours together by week, from %(first)s to %(last)s", first=shown[0].label, last=shown[-1].label),
        legend=_legend(bars),
    )


def _legend(bars: WeekBars) -> str:
    kinds = {bar.kind for bar in bars.bars}
    said = [gettext("The stroke: the hours that fit the rosters and what was agreed.")]
    if "wide" in kinds:
        said.append(gettext("! is more than a quarter above it."))
    if "wait" in kinds:
        said.append(gettext("? is not logged yet."))
    return " ".join(said)


def title(weeks: Sequence[NotedWeek]) -> str:
    """Say what the weeks come to: those far over, else the hours worked together."""
    noted = [week for week in weeks if week.hours is not None]
    if not noted:
        return gettext("No hours logged yet")
    over = sum(_is_wide(week) for week in noted)
    if over:
        return ngettext(
            "%(num)s week well above what was agreed",
            "%(num)s weeks well above what was agreed",
            over,
        )
    hours = sum((week.hours or Decimal(0) for week in noted), Decimal(0))
    if not hours:
        return ngettext("Not together in %(num)s week", "Not together in %(num)s weeks", len(noted))
    return ngettext(
        "%(hours)s h together in %(num)s week",
        "%(hours)s h together in %(num)s weeks",
        len(noted),
        hours=decimal(hours, 1),
    )


def _is_wide(week: NotedWeek) -> bool:
    return bool(week.foreseen) and week.hours is not None and week.hours > week.foreseen * WIDE
