"""Weeks: eight in a strip for who looks over many duos; bars of hours for the two themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mentorship.base.figures.table import Table
from mentorship.base.i18n import N_, decimal, gettext, integer

NOT_NOTED = N_("not noted yet")
STATES = {
    "yes": N_("together"),
    "less": N_("less than agreed"),
    "no": N_("not together"),
    "wait": NOT_NOTED,
    "free": N_("free or at school"),
}
STEP = 16


@dataclass(frozen=True)
class Week:
    """A week by its number, and how it went: one of `STATES`, "" where the two were no duo: then it is left empty."""

    number: int
    state: str


@dataclass(frozen=True)
class StripMark:
    """A week as it is drawn, from where on."""

    x: int
    state: str


@dataclass(frozen=True)
class Strip:
    """Weeks from left to right, the oldest first, and the same in words."""

    marks: tuple[StripMark, ...]
    said: str

    @property
    def width(self) -> int:
        """How wide they stand together."""
        return STEP * len(self.marks)


def week_strip(weeks: Sequence[Week]) -> Strip:
    """Show whether two worked together, week by week: a registration, no verdict."""
    marks = []
    said = []
    for place, week in enumerate(weeks):
        x = STEP * place
        mark = StripMark(x, week.state)
        marks.append(mark)
        if not week.state:
            continue
        state = gettext(STATES[week.state])
        told = gettext(
            N_("week %(number)s: %(state)s"),
            number=integer(week.number),
            state=state,
        )
        said.append(told)
    return Strip(tuple(marks), "; ".join(said))


BAR_STEP = 49
BAR_WIDTH = 38
BAR_MARGIN = 4
HIGHEST = 78
GROUND = 106
WIDE = Decimal("1.25")
"""Beyond so many times what was agreed a week stands out."""


@dataclass(frozen=True)
class HourWeek:
    """A week: what stands under it, the hours noted and agreed, and a word where none were planned.

    `hours` is None while they are not noted.
    """

    label: str
    hours: Decimal | None
    agreed: Decimal = Decimal(0)
    word: str = ""


@dataclass(frozen=True)
class WeekBar:
    """A week as it is drawn: a bar as high as its hours, a stroke at the agreed ones, and what is written."""

    x: int
    top: float
    height: float
    stroke: float | None
    label: str
    value: str
    word: str
    kind: str
    """yes, wide (more than a quarter over), wait (not noted yet), none (nothing planned)."""

    @property
    def middle(self) -> float:
        """Where what is written stands."""
        return self.x + BAR_WIDTH / 2

    @property
    def above(self) -> float:
        """Where the hours are written: over the bar and over its stroke."""
        top = self.top if self.stroke is None else min(self.top, self.stroke)
        return round(top - 7, 1)


@dataclass(frozen=True)
class WeekBars:
    """Weeks with their hours, the oldest first, and the table of them."""

    bars: tuple[WeekBar, ...]
    table: Table
    height: int = 136
    ground: int = GROUND

    @property
    def width(self) -> int:
        """How wide they stand together."""
        return BAR_STEP * len(self.bars) + BAR_MARGIN


def week_bars(weeks: Sequence[HourWeek]) -> WeekBars:
    """Show the hours that two worked together, week by week."""
    highest = Decimal(1)
    for week in weeks:
        noted = week.hours or Decimal(0)
        highest = max(highest, week.agreed, noted)
    scale = HIGHEST / float(highest)
    bars = []
    rows = []
    for place, week in enumerate(weeks):
        x = BAR_MARGIN + BAR_STEP * place
        bar = _bar(week, x, scale)
        bars.append(bar)
        row = week.label, _noted(week), _agreed(week)
        rows.append(row)
    head = (
        gettext(N_("Week")),
        gettext(N_("Hours together")),
        gettext(N_("Agreed")),
    )
    return WeekBars(tuple(bars), Table(head, rows))


def _bar(week: HourWeek, x: int, scale: float) -> WeekBar:
    kind = _kind(week)
    noted = float(week.hours or 0) * scale
    agreed = float(week.agreed) * scale
    height = round(noted, 1)
    if kind == "wait":
        height = round(agreed, 1)
    stroke = round(GROUND - agreed, 1)
    return WeekBar(
        x=x,
        top=round(GROUND - height, 1),
        height=height,
        stroke=stroke if week.agreed else None,
        label=week.label,
        value=_value(week, kind),
        word=week.word if kind == "none" else "",
        kind=kind,
    )


def _kind(week: HourWeek) -> str:
    if week.hours is None:
        return "wait" if week.agreed else "none"
    if week.agreed and week.hours > week.agreed * WIDE:
        return "wide"
    return "yes" if week.hours or week.agreed else "none"


def _value(week: HourWeek, kind: str) -> str:
    if kind == "none":
        return ""
    if kind == "wait":
        return "?"
    hours = decimal(week.hours, 1)
    return f"{hours} !" if kind == "wide" else hours


def _noted(week: HourWeek) -> str:
    if week.hours is None:
        return week.word or gettext(NOT_NOTED)
    return decimal(week.hours, 1)


def _agreed(week: HourWeek) -> str:
    return decimal(week.agreed, 1) if week.agreed else gettext(N_("none"))
