"""What the pages of one roster say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.base.i18n import N_, day, gettext, integer, ngettext
from mentorship.profiles.rosters.models import Roster
from mentorship.rounds.roster.effects import Effects

STANDS_BY = N_("Running pairs go on: nothing ends by itself.")
SIGNAL = N_("Their managers and the coordinator get a signal about it.")


def finding(roster: Roster, people: int) -> str:
    """Return who works by a roster."""
    return ngettext(
        "%(people)s person works by “%(roster)s”",
        "%(people)s people work by “%(roster)s”",
        people,
        people=integer(people),
        roster=roster.name,
    )


def brief(roster: Roster) -> str:
    """Return from when to when a roster counts."""
    if not roster.repeats:
        last = roster.starts_on + timedelta(days=roster.days - 1)
        return gettext("Dated days from %(first)s to %(last)s.", first=day(roster.starts_on), last=day(last))
    return ngettext(
        "A cycle of %(num)s day from %(first)s; then it begins again.",
        "A cycle of %(num)s days from %(first)s; then it begins again.",
        roster.days,
        first=day(roster.starts_on),
    )


def consequences(effects: Effects) -> list[str]:
    """Return what a change does to the duos that run."""
    number = len(effects.parted)
    found = [
        ngettext(
            "%(num)s running pair then has too few shifts together.",
            "%(num)s running pairs then have too few shifts together.",
            number,
        ),
        gettext(SIGNAL),
    ]
    if effects.fewer:
        less = ngettext(
            "%(num)s other pair is together less often, but enough.",
            "%(num)s other pairs are together less often, but enough.",
            effects.fewer,
        )
        found.append(less)
    found.append(gettext(STANDS_BY))
    return found


@dataclass(frozen=True)
class Question:
    """Whether a change is meant that parts duos."""

    title: str
    consequences: Sequence[str]
    button: str
    danger: bool
    named: str
    names: Sequence[str]


def question(effects: Effects, names: Sequence[tuple[str, str]]) -> Question:
    """Return the words of the page that asks whether this is meant, with the duos that the reader may know of."""
    title = ngettext(
        "This parts %(num)s pair",
        "This parts %(num)s pairs",
        len(effects.parted),
    )
    return Question(
        title=title,
        consequences=consequences(effects),
        button=gettext("Save it all the same"),
        danger=True,
        named=ngettext("The pair", "The pairs", len(names)),
        names=duos(names),
    )


def ends_soon(roster: Roster, today: date) -> str:
    """Return that the days of a dated roster run out, when they do within four weeks; else ""."""
    if roster.repeats:
        return ""
    last = roster.starts_on + timedelta(days=roster.days - 1)
    if last < today:
        return gettext("The days of this roster are over. Add days, or let people work by another one.")
    if last < today + timedelta(weeks=4):
        return gettext("Its last day is %(day)s. Add days, or nobody knows who meets after it.", day=day(last))
    return ""


def duos(names: Sequence[tuple[str, str]]) -> list[str]:
    """Name duos by the two in them."""
    return [gettext("%(junior)s and %(mentor)s", junior=junior, mentor=mentor) for junior, mentor in names]


def shifts(number: int) -> str:
    """Return how many shifts there are."""
    if not number:
        return gettext("No shifts yet")
    return ngettext(
        "Rosters are made of %(num)s shift",
        "Rosters are made of %(num)s shifts",
        number,
    )


def kinds() -> list[tuple[str, str]]:
    """Return what can come after the last day of a roster."""
    return [
        ("cycle", gettext("it begins again")),
        ("dated", gettext("nothing: these are dated days")),
    ]
