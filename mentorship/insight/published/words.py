"""Published figures in words, for the page and the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mentorship.base.figures.mean import MeanBar, mean_bar
from mentorship.base.i18n import N_, day, decimal, gettext, integer
from mentorship.base.lists import Value
from mentorship.checkins.balance import HIGHEST_ANSWER, LOWEST_ANSWER
from mentorship.disclosure import DOMAIN, FEW, ORGANISATION, PROTECTS, SITE, STEP
from mentorship.insight.published.models import PublishedFigure
from mentorship.mentorships.models import JUNIOR, MENTOR

LEVELS = {
    ORGANISATION: N_("Organisation"),
    SITE: N_("Site"),
    DOMAIN: N_("Domain"),
}
SIDES = {
    JUNIOR: N_("Juniors learn"),
    MENTOR: N_("Mentors keep it up"),
}
HIDDEN = {
    FEW: N_("hidden: too few"),
    PROTECTS: N_("hidden: protects"),
}
WHY_HIDDEN = (
    (HIDDEN[FEW], N_("Fewer than five people or fewer than five pairs answered.")),
    (
        HIDDEN[PROTECTS],
        N_("Beside the other figures, also those of earlier quarters, it would say something of a few people."),
    ),
)
HEADS = (
    N_("Quarter"),
    N_("Kind of group"),
    N_("Group"),
    N_("Side"),
    N_("Average answer, 1 to 5"),
    N_("People, at least"),
    N_("Hidden"),
)
STEPS = HIGHEST_ANSWER - LOWEST_ANSWER


@dataclass(frozen=True)
class Cell:
    """A figure as it is shown: its value, its bar, and of how many; or that it is hidden.

    `change`: how it differs from that of the quarter before, where both are published.
    """

    side: str
    value: str
    people: str
    hidden: str
    bar: MeanBar
    change: str = ""


@dataclass(frozen=True)
class Row:
    """A group, with a cell for each side."""

    name: str
    cells: list[Cell]


def quarter_name(quarter: date) -> str:
    """Name a quarter."""
    number = (quarter.month + 2) // 3
    return gettext("Quarter %(number)s of %(year)s", number=number, year=quarter.year)


def on_steps(value: float) -> float:
    """Return an index between 0 and 1 as a mean of the five steps."""
    return round(LOWEST_ANSWER + value * STEPS, 2)


def group_name(figure: PublishedFigure) -> str:
    """Name a group: the organisation, or the site or domain as it was called then."""
    if figure.level == ORGANISATION:
        return gettext("The whole organisation")
    return figure.name


def cell(figure: PublishedFigure | None, side: str, before: float | None = None) -> Cell:
    """Return a figure as it is shown; without one nobody of that side answered.

    `before`: what was published of the same group the quarter before; None where that was nothing.
    """
    title = gettext(SIDES[side])
    if figure is None or figure.value is None:
        why = FEW if figure is None else figure.hidden
        return Cell(title, "", "", gettext(HIDDEN[why]), mean_bar(None))
    return Cell(
        title,
        _written(figure.value),
        gettext("%(num)s or more people", num=integer(figure.people)),
        "",
        mean_bar(figure.value),
        "" if before is None else _changed(figure.value, before),
    )


def _written(value: float) -> str:
    return decimal(on_steps(value), 1, fixed=True)


def _changed(now: float, before: float) -> str:
    """Say how a figure differs from an earlier one; both are rounded already, and less than that is no change."""
    if on_steps(now) == on_steps(before):
        return gettext("as the quarter before")
    if now > before:
        return gettext("higher: was %(value)s", value=_written(before))
    return gettext("lower: was %(value)s", value=_written(before))


Key = tuple[str, int, str]
"""A figure among those of a quarter: its level, which site or domain, its side."""


def values(figures: Iterable[PublishedFigure]) -> dict[Key, float]:
    """Return what is published of a quarter, and nothing of what is hidden."""
    found = {}
    for figure in figures:
        if figure.value is not None:
            found[figure.level, figure.key, figure.side] = figure.value
    return found


def over_quarters(figures: Iterable[PublishedFigure]) -> list[Row]:
    """Return a row for each quarter in their order, of figures of one group; a hidden one stands as hidden."""
    quarters: dict[date, dict[str, PublishedFigure]] = defaultdict(dict)
    for figure in figures:
        sides = quarters[figure.quarter]
        sides[figure.side] = figure
    found = []
    for quarter, sides in quarters.items():
        cells = [cell(sides.get(side), side) for side in SIDES]
        row = Row(quarter_name(quarter), cells)
        found.append(row)
    return found


def rows(figures: Iterable[PublishedFigure], before: Mapping[Key, float]) -> dict[str, list[Row]]:
    """Return the groups of each level, in the order of the figures; `before`: the quarter before (`values`)."""
    groups: dict[tuple[str, str], dict[str, PublishedFigure]] = defaultdict(dict)
    for figure in figures:
        level = gettext(LEVELS[figure.level])
        name = group_name(figure)
        sides = groups[level, name]
        sides[figure.side] = figure
    found: dict[str, list[Row]] = defaultdict(list)
    for group, sides in groups.items():
        level, name = group
        cells = []
        for side in SIDES:
            here = sides.get(side)
            earlier = None
            if here is not None:
                earlier = before.get((here.level, here.key, side))
            shown = cell(here, side, earlier)
            cells.append(shown)
        row = Row(name, cells)
        found[level].append(row)
    return found


def sheet(figures: Iterable[PublishedFigure]) -> list[list[Value]]:
    """Return the figures as rows of a sheet."""
    found = []
    for figure in figures:
        value = None if figure.value is None else on_steps(figure.value)
        row: list[Value] = [
            quarter_name(figure.quarter),
            gettext(LEVELS[figure.level]),
            group_name(figure),
            gettext(SIDES[figure.side]),
            value,
            figure.people or None,
            gettext(HIDDEN[figure.hidden]) if figure.hidden else "",
        ]
        found.append(row)
    return found


def heading(figures: Sequence[PublishedFigure]) -> str:
    """Say what was found: the figures of the organisation, of both sides or of the one that is shown."""
    found = {}
    for figure in figures:
        if figure.level == ORGANISATION and figure.value is not None:
            found[figure.side] = decimal(on_steps(figure.value), 1, fixed=True)
    if not found:
        return gettext("Of the whole organisation nothing is published this quarter")
    if MENTOR not in found:
        return gettext("Juniors learn: %(junior)s of 5", junior=found[JUNIOR])
    if JUNIOR not in found:
        return gettext("Mentors keep it up: %(mentor)s of 5", mentor=found[MENTOR])
    return gettext(
        "Juniors learn: %(junior)s of 5; mentors keep it up: %(mentor)s of 5",
        junior=found[JUNIOR],
        mentor=found[MENTOR],
    )


def nothing(first: date | None) -> tuple[str, str]:
    """Say that nothing is published, and when the first figures come or what would bring them."""
    if first is None:
        return (
            gettext("This programme publishes no figures of groups"),
            gettext("They come only where managers see nothing that is drawn from the answers of one pair."),
        )
    return (
        gettext("There are no figures yet"),
        gettext("The first ones come on %(day)s, when a whole quarter is closed.", day=day(first)),
    )


def rounding() -> str:
    """Say how figures are rounded."""
    return gettext("Rounded to %(step)s.", step=decimal(STEP * STEPS, 1))
