"""Published figures in words, for the page and the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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
    """A figure as it is shown: its value, and of how many; or that it is hidden."""

    side: str
    value: str
    people: str
    hidden: str


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


def cell(figure: PublishedFigure | None, side: str) -> Cell:
    """Return a figure as it is shown; without one nobody of that side answered."""
    title = gettext(SIDES[side])
    if figure is None:
        return Cell(title, "", "", gettext(HIDDEN[FEW]))
    if figure.value is None:
        return Cell(title, "", "", gettext(HIDDEN[figure.hidden]))
    return Cell(
        title,
        decimal(on_steps(figure.value), 1, fixed=True),
        gettext("%(num)s or more people", num=integer(figure.people)),
        "",
    )


def rows(figures: Iterable[PublishedFigure]) -> dict[str, list[Row]]:
    """Return the groups of each level, in the order of the figures."""
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
            shown = cell(sides.get(side), side)
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
