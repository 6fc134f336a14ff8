"""Outcomes in words: what each is called, how it is written, the number behind it and what it cannot say."""

from __future__ import annotations

from datetime import date

from mentorship.base.i18n import N_, day, decimal, gettext, integer, ngettext, percent
from mentorship.insight.outcomes.rules import (
    ACCEPTED,
    ALONE,
    COUNTS,
    ENDED_WELL,
    FEWEST,
    HOURS,
    LASTS,
    MATCHED,
    OVER,
    RUNNING,
    STAYED,
    STEPS,
    WAIT,
    WAITING,
    Figure,
)

TITLES = {
    MATCHED: N_("Asked, and got a mentor"),
    WAITING: N_("Still without a mentor"),
    WAIT: N_("Time to a mentor"),
    ACCEPTED: N_("Proposals both said yes to"),
    RUNNING: N_("Pairs that run"),
    ENDED_WELL: N_("Pairs that ended well"),
    STEPS: N_("Steps confirmed"),
    ALONE: N_("Time to “can do it alone”"),
    STAYED: N_("Still here after a year"),
    HOURS: N_("Hours of mentoring a week"),
    OVER: N_("Mentors well over their hours"),
}
CANNOT = {
    MATCHED: N_("Who asked only just now has had little time to be matched."),
    WAITING: N_("Who would like a mentor and did not ask is not in it."),
    WAIT: N_("It counts from the request in Leermaat, not from when somebody began to want it."),
    ACCEPTED: N_("Why somebody says no: nobody has to give a reason."),
    RUNNING: N_("Whether the two meet: the hours say more of that."),
    ENDED_WELL: N_("What it was worth: it is what was said at the end, by one person."),
    STEPS: N_("How large a step is: that differs by domain. The mentor confirmed it; nobody measured it."),
    ALONE: N_("Whether it went well without a mentor too: there is nobody to compare with."),
    STAYED: N_("Whether mentoring is why: who means to stay may ask for a mentor sooner."),
    HOURS: N_("What was not logged: those hours are in no figure."),
    OVER: N_("Who logs nothing may be over as well."),
}
LEAST_FOR_PERCENT = 20
"""Of fewer than these a percentage moves too much with each one."""
WEEK = 7
NONE = "–"


def title(key: str) -> str:
    """Name an outcome."""
    return gettext(TITLES[key])


def cannot(key: str) -> str:
    """Say what an outcome does not tell."""
    return gettext(CANNOT[key])


def weeks(days: int) -> int:
    """Return in how many weeks something was there: the week in which it fell counts."""
    return -(-days // WEEK)


def within(days: int) -> str:
    """Say in how many weeks something was there."""
    if not days:
        return gettext("on the same day")
    return ngettext("within %(num)s week", "within %(num)s weeks", weeks(days))


def of_all(figure: Figure) -> str:
    """Write a part of a whole, with the percentage where there are enough."""
    if not figure.of:
        return NONE
    written = gettext("%(number)s of %(all)s", number=integer(figure.number), all=integer(figure.of))
    if figure.of < LEAST_FOR_PERCENT:
        return written
    return f"{written} ({percent(figure.number / figure.of)})"


def figure(key: str, found: Figure) -> str:
    """Write an outcome as short as it can be told."""
    if key in COUNTS:
        return integer(found.number)
    if key in LASTS:
        return _lasts(found)
    if key == HOURS:
        return _hours(found)
    return of_all(found)


def _lasts(found: Figure) -> str:
    if not found.of:
        return NONE
    if found.people < FEWEST:
        return gettext("too few to say")
    if found.median is None:
        return gettext("not for half of them yet")
    return gettext("half of them %(within)s", within=within(found.median))


def _hours(found: Figure) -> str:
    if not found.people:
        return NONE
    return gettext(
        "%(given)s of %(confirmed)s confirmed",
        given=hours(found, "given"),
        confirmed=hours(found, "confirmed"),
    )


def hours(found: Figure, name: str) -> str:
    """Write a number of hours of an outcome, without decimals: a sum over many."""
    return decimal(found.more.get(name, 0), 0)


def heading(matched: Figure) -> str:
    """Say what was found first: how many of those who asked have a mentor."""
    if not matched.of:
        return gettext("Nobody asked for a mentor in the past year")
    return gettext(
        "%(number)s of %(all)s who asked in the past year got a mentor",
        number=integer(matched.number),
        all=integer(matched.of),
    )


def hours_title(found: Figure) -> str:
    """Say how many of the hours that were confirmed are given."""
    return gettext(
        "Mentors give %(given)s of the %(confirmed)s hours a week that are confirmed",
        given=hours(found, "given"),
        confirmed=hours(found, "confirmed"),
    )


def quarter_heading(matched: Figure) -> str:
    """Say what was found first in a quarter."""
    if not matched.of:
        return gettext("Nobody asked for a mentor in this quarter")
    return gettext(
        "%(number)s of %(all)s who asked in this quarter got a mentor in it",
        number=integer(matched.number),
        all=integer(matched.of),
    )


def no_quarter(closes: date) -> str:
    """Say when the first quarter is kept."""
    return gettext("The first one comes on %(day)s, when the quarter that runs now is closed.", day=day(closes))
