"""What is said before and after one acts on pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.base.db import id_of
from mentorship.base.i18n import N_, decimal, gettext, long_day, ngettext
from mentorship.insight.acting.queries import Chosen
from mentorship.mentorships.acting.actions import END, PAUSE, RESUME, UNTIL, Done
from mentorship.mentorships.acting.planning import ENDS, STAYS
from mentorship.mentorships.acting.rules import EXTENSIONS, REASONS, SIDE
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.words import ENDINGS

NOTES = {
    "reached": N_("The junior can do what it was for"),
    "time": N_("You had agreed until when"),
    "changed": N_("Another project, site, job or roster"),
    "not_fitting": N_("These two; it says nothing of either of them"),
}


@dataclass(frozen=True)
class Way:
    """An answer for a tap: what it says, what it means, and what is sent."""

    title: str
    note: str
    value: str


def names(pairs: Sequence[Chosen]) -> list[str]:
    """Return whom it is about."""
    return [
        gettext(
            "%(junior)s and %(mentor)s",
            junior=one.junior.name,
            mentor=one.mentor.name,
        )
        for one in pairs
    ]


def pausing(pairs: Sequence[Chosen]) -> str:
    """Ask until when."""
    if len(pairs) == 1:
        return gettext("Until when do %(names)s pause?", names=_two(pairs[0]))
    return ngettext(
        "Until when does %(num)s pair pause?",
        "Until when do %(num)s pairs pause?",
        len(pairs),
    )


def running(pairs: Sequence[Chosen]) -> str:
    """Ask until when it is meant to run."""
    if len(pairs) == 1:
        return gettext("%(names)s: does it end or go on?", names=_two(pairs[0]))
    return ngettext(
        "Until when does %(num)s pair run?",
        "Until when do %(num)s pairs run?",
        len(pairs),
    )


def ending(pairs: Sequence[Chosen]) -> str:
    """Ask how it ended."""
    if len(pairs) == 1:
        return gettext("End the pair of %(names)s?", names=_two(pairs[0]))
    return ngettext(
        "End %(num)s pair?",
        "End %(num)s pairs?",
        len(pairs),
    )


def _two(one: Chosen) -> str:
    return gettext(
        "%(junior)s and %(mentor)s",
        junior=one.junior.given_name,
        mentor=one.mentor.given_name,
    )


def follows(pairs: Sequence[Chosen], hours: float, *, asked: int) -> list[str]:
    """Say what ending does, with numbers; `hours`: what a pair asks of its mentor in a week, `asked`: how many are."""
    several = len(pairs)
    said = [
        ngettext(
            "%(num)s place comes free, with about %(hours)s hours a week of its mentor.",
            "%(num)s places come free, with about %(hours)s hours a week of their mentors.",
            several,
            hours=decimal(hours * several),
        )
    ]
    if asked:
        said.append(
            ngettext(
                "Both of the pair get a short closing check-in.",
                "Both of each pair get a short closing check-in: %(num)s pairs.",
                asked,
            )
        )
    said.append(gettext("Both read how it ended and your word of thanks, also by mail. What still waited is closed."))
    said.append(
        gettext("Today: for ten minutes you can undo it, as long as neither began to answer; the mails wait so long.")
    )
    said.append(gettext("A later day: until then it runs and can be withdrawn. Both are told now."))
    return said


def reasons(pairs: Sequence[Chosen]) -> list[Way]:
    """Return how a pair can have ended; the two themselves owe nobody a reason."""
    found = [
        Way(
            gettext(ENDINGS[one]),
            gettext(NOTES[one]),
            one,
        )
        for one in REASONS
    ]
    if all(one.who == SIDE for one in pairs):
        found.append(
            Way(
                gettext("I would rather not say"),
                gettext("You two are not paired again then"),
                "",
            )
        )
    return found


def extensions(today: date, since: date | None) -> list[Way]:
    """Return until when a pair can be let run by a tap, counted from its expected end where that lies ahead."""
    begin = today
    if since is not None and since > today:
        begin = since
    found = []
    for weeks in EXTENSIONS:
        until = begin + timedelta(weeks=weeks)
        title = ngettext(
            "%(num)s week more",
            "%(num)s weeks more",
            weeks,
        )
        found.append(
            Way(
                title,
                gettext("until %(day)s", day=long_day(until)),
                until.isoformat(),
            )
        )
    return found


ONE: Mapping[str, str] = {
    PAUSE: N_("Paused: %(names)s."),
    RESUME: N_("They go on: %(names)s."),
    END: N_("Ended: %(names)s."),
    ENDS: N_("It ends on %(day)s: %(names)s."),
    STAYS: N_("The end that was planned is off: %(names)s."),
    UNTIL: N_("Kept until when they run: %(names)s."),
}


def _several(what: str, number: int, day: str) -> str:
    told = {
        PAUSE: ngettext(
            "%(num)s pair paused.",
            "%(num)s pairs paused.",
            number,
        ),
        RESUME: ngettext(
            "%(num)s pair goes on.",
            "%(num)s pairs go on.",
            number,
        ),
        END: ngettext(
            "%(num)s pair ended.",
            "%(num)s pairs ended.",
            number,
        ),
        ENDS: ngettext(
            "%(num)s pair ends on %(day)s.",
            "%(num)s pairs end on %(day)s.",
            number,
            day=day,
        ),
        STAYS: ngettext(
            "%(num)s pair goes on: the end that was planned is off.",
            "%(num)s pairs go on: the end that was planned is off.",
            number,
        ),
        UNTIL: ngettext(
            "Kept until when %(num)s pair runs.",
            "Kept until when %(num)s pairs run.",
            number,
        ),
    }
    return told[what]


def _ends_on(done: Sequence[Mentorship]) -> str:
    """Return the day on which these end, as was just said of them."""
    for pair in done:
        if pair.ends_on is not None:
            return long_day(pair.ends_on)
    return ""


def said(what: str, came: Done, pairs: Mapping[int, Chosen]) -> str:
    """Say with which pairs it was done, and with which it could not be and why."""
    parts = []
    done = [pairs[id_of(pair)] for pair in came.done]
    day = _ends_on(came.done)
    if len(done) == 1:
        parts.append(gettext(ONE[what], names=_two(done[0]), day=day))
    elif done:
        parts.append(_several(what, len(done), day))
    for pair_id, why in came.refused:
        if pair_id in pairs:
            parts.append(
                gettext(
                    "Not %(names)s: %(why)s",
                    names=_two(pairs[pair_id]),
                    why=why,
                )
            )
    return " ".join(parts)
