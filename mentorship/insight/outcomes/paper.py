"""The outcomes of a closed quarter as a paper for the board and the works council, in the language in force.

It is written in the marks of `base/marks.py`, from which the page, the print and the PDF are made alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from mentorship.base.i18n import day, gettext
from mentorship.base.marks import BETWEEN, HEADING, HEADS, ITEM, ROW, TITLE
from mentorship.checkins.words import never_used
from mentorship.insight.outcomes import rules, tables, words
from mentorship.insight.outcomes.behind import behind
from mentorship.insight.outcomes.changes import changed
from mentorship.insight.outcomes.quarters import Closed
from mentorship.insight.published.rules import closes_on, last_day
from mentorship.insight.published.words import quarter_name


def title(closed: Closed) -> str:
    """Name the paper."""
    return gettext("How the programme did · %(quarter)s", quarter=quarter_name(closed.quarter))


def written(closed: Closed, before: Closed | None) -> str:
    """Return the paper; `before`: the quarter before it, if that was kept."""
    return "\n".join(_lines(closed, before))


def _lines(closed: Closed, before: Closed | None) -> Iterator[str]:
    yield f"{TITLE} {title(closed)}"
    yield gettext(
        "For the board and the works council. From %(first)s to %(last)s; kept as it stood when the quarter closed.",
        first=day(closed.quarter),
        last=day(last_day(closed.quarter)),
    )
    yield f"{words.quarter_heading(closed.whole[rules.MATCHED])}."
    yield _heading(gettext("Every figure, what is behind it, and what changed"))
    yield from _figures(closed, before)
    yield _heading(gettext("What these figures cannot say"))
    for key in rules.KEYS:
        yield f"{ITEM} {words.title(key)}: {words.cannot(key)}"
    if closed.sites:
        yield _heading(gettext("By site"))
        yield from _sites(closed)
    yield _heading(gettext("How this was counted"))
    yield from _counted(closed)


def _heading(text: str) -> str:
    return f"{HEADING} {text}"


def _row(mark: str, *cells: str) -> str:
    """Return a row of a table; what somebody typed opens no cell of its own."""
    between = f" {BETWEEN} "
    whole = between.join(cell.replace(BETWEEN, "|") for cell in cells)
    return f"{mark} {whole}"


def _figures(closed: Closed, before: Closed | None) -> Iterator[str]:
    yield _row(
        HEADS,
        gettext("Outcome"),
        gettext("Figure"),
        gettext("What changed"),
        gettext("Behind it"),
    )
    for key in rules.KEYS:
        found = closed.whole[key]
        earlier = None if before is None else before.whole.get(key)
        yield _row(
            ROW,
            words.title(key),
            words.figure(key, found),
            changed(key, found, earlier),
            behind(key, found),
        )


def _sites(closed: Closed) -> Iterator[str]:
    heads = [gettext(head) for head in tables.SITE_HEADS.values()]
    yield _row(HEADS, gettext("Site"), *heads)
    for line in tables.site_lines(closed.sites, closed.names):
        cells = [value for _head, value in line.cells]
        yield _row(ROW, line.name, *cells)
    yield gettext("“Too few”: fewer than five people, or it would give such a figure away.")


def _counted(closed: Closed) -> Iterator[str]:
    sentences = (
        gettext(
            "Counted once, from %(day)s on, and kept: who leaves later or has their data erased changes nothing here.",
            day=day(closes_on(closed.quarter)),
        ),
        gettext("What stands (who waits, which pairs run) is as it stood on the last day of the quarter."),
        gettext("Hours confirmed and promised are those of the day on which it was counted."),
        gettext("How long something takes is estimated after Kaplan and Meier: who still waits counts that long."),
        gettext("A percentage is given from twenty on; of fewer it moves too much with each one."),
        gettext("What people answer in check-ins is in none of these figures."),
        never_used(),
    )
    for sentence in sentences:
        yield f"{ITEM} {sentence}"
