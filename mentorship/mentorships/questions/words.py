"""What a quick question says of itself to each of the two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, day, decimal, gettext, long_day, ngettext
from mentorship.mentorships.questions import rules
from mentorship.mentorships.questions.models import KEPT_DAYS, LAPSED, NO, OFF, OPEN, WITHDRAWN, YES, QuickQuestion

FEWEST_TOLD = 3
"""Fewer are told as one or two, as everywhere."""
TONES = {OPEN: "brand", YES: "ok", NO: "", WITHDRAWN: "", LAPSED: "", OFF: ""}
STANDS = {
    OPEN: N_("waits for an answer"),
    YES: N_("yes"),
    NO: N_("not this time"),
    WITHDRAWN: N_("withdrawn"),
    LAPSED: N_("lapsed"),
    OFF: N_("does not go ahead"),
}


@dataclass(frozen=True)
class Standing:
    """How a question stands in the eyes of one of the two: a heading, and what follows."""

    heading: str
    sentence: str


def stands(status: str) -> str:
    """Say in a list how a question stands."""
    return gettext(STANDS[status])


def able(number: int) -> str:
    """Say how many colleagues can pass a domain on: without a number where it would say who."""
    if not number:
        return gettext("nobody yet")
    if number < FEWEST_TOLD:
        return gettext("one or two colleagues can")
    return ngettext("%(num)s colleague can", "%(num)s colleagues can", number)


def finding(typed: str, domains: int) -> str:
    """Say what was found, as the heading of the page."""
    if not typed:
        return gettext("Who can explain it to you?")
    if not domains:
        return gettext("No domain found for “%(typed)s”", typed=typed)
    return ngettext("%(num)s domain found", "%(num)s domains found", domains)


def what(found: QuickQuestion) -> str:
    """Say what is asked."""
    return gettext("one shift along") if found.along else gettext("just a question")


def row_title(found: QuickQuestion, me: int, name: str) -> str:
    """Say in a list who asked whom."""
    if found.asker_id == me:
        return gettext("To %(name)s", name=name)
    return gettext("From %(name)s", name=name)


def row_note(found: QuickQuestion) -> str:
    """Say in a list what was asked, and when that is or was."""
    when = local_date(found.asked_at)
    if found.day is not None:
        when = found.day
    return f"{what(found)}, {day(when)}"


def standing(found: QuickQuestion, me: int, name: str, today: date) -> Standing:
    """Say how a question stands to who asked or was asked it; `name` is the other."""
    asked = found.asked_id == me
    if found.status == OPEN:
        return _waits(found, name, asked=asked)
    if found.status == YES:
        return _agreed(found, name, today, asked=asked)
    if found.status == OFF:
        return Standing(
            gettext("The shift along does not go ahead"),
            gettext("No hours are counted. You can ask each other again."),
        )
    return _over(found.status, name, asked=asked)


def _waits(found: QuickQuestion, name: str, *, asked: bool) -> Standing:
    until = day(rules.lapses_on(local_date(found.asked_at)))
    if not asked:
        return Standing(
            gettext("%(name)s has your question", name=name),
            gettext("An answer comes or it does not; on %(day)s it lapses by itself.", day=until),
        )
    heading = gettext("%(name)s has a question for you", name=name)
    if found.along:
        heading = gettext("%(name)s would like to walk along for one shift", name=name)
    return Standing(
        heading,
        gettext("Say yes or no thanks. Nobody asks why, and on %(day)s it lapses by itself.", day=until),
    )


def _agreed(found: QuickQuestion, name: str, today: date, *, asked: bool) -> Standing:
    if found.day is None:
        return Standing(
            gettext("You two talk about it"),
            gettext("Find each other at work, or by what is below."),
        )
    if found.hours is not None:
        return Standing(
            gettext("You were together on %(day)s", day=long_day(found.day)),
            _counted(found, asked=asked),
        )
    heading = gettext("You and %(name)s: %(day)s", name=name, day=long_day(found.day))
    if found.day < today:
        heading = gettext("You were together on %(day)s", day=long_day(found.day))
    if asked:
        return Standing(
            heading,
            gettext("The day after, the hours you were both at work count as other mentoring of yours."),
        )
    return Standing(heading, gettext("Go there, look and do it yourself. It counts as work time."))


def _counted(found: QuickQuestion, *, asked: bool) -> str:
    if not asked:
        return gettext("Do you want more of this? Then ask for a mentor.")
    hours = decimal(found.hours)
    return gettext("Hours counted as other mentoring of yours: %(hours)s.", hours=hours)


def _over(status: str, name: str, *, asked: bool) -> Standing:
    if status == NO and not asked:
        return Standing(
            gettext("%(name)s: not this time", name=name),
            gettext("Nobody asks why, and neither need you. Ask somebody else, or ask for a mentor."),
        )
    headings = {
        NO: gettext("You said: no thanks"),
        WITHDRAWN: gettext("The question was withdrawn"),
        LAPSED: gettext("The question lapsed"),
    }
    return Standing(
        headings[status],
        gettext("Nothing is left to do. It is deleted after %(days)s days.", days=KEPT_DAYS),
    )
