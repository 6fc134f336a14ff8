"""The words on the page of a duo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, day, gettext, joined, long_day, ngettext, time_of_day
from mentorship.checkins.duo.queries import Shift
from mentorship.mentorships.models import ENDED, PAUSED, Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people.models import Person
from mentorship.profiles.words import LEVELS
from mentorship.programme.rules import RELEASED

LINE_TITLES = {
    None: N_("My trend"),
    "up": N_("My trend is going up"),
    "down": N_("My trend is going down"),
    "level": N_("My trend is steady"),
}
"""By the trend of one's own line; None where it has none yet."""


def heading(pair: Mentorship, other: Person, done: int, of: int) -> str:
    """Return what stands above the page of one of the two: how far they are together."""
    name = other.given_name
    if pair.status == ENDED:
        return gettext("You and %(name)s: together until %(day)s", name=name, day=day(pair.ended_on))
    if pair.status == PAUSED:
        return gettext("You and %(name)s pause", name=name)
    if not of:
        return gettext("You and %(name)s: choose your first goal", name=name)
    return ngettext(
        "You and %(name)s: %(done)s of %(num)s step taken",
        "You and %(name)s: %(done)s of %(num)s steps taken",
        of,
        name=name,
        done=done,
    )


def heading_of_others(junior: Person, mentor: Person, standing: str) -> str:
    """Return what stands above the page for who looks on: how it stands, as far as they are told."""
    names = {"junior": junior.name, "mentor": mentor.name}
    if standing:
        return gettext("%(junior)s and %(mentor)s: %(standing)s", standing=standing, **names)
    return gettext("%(junior)s and %(mentor)s", **names)


def who_reads_hours(side: str, mentor: Person) -> str:
    """Say to one of the two who else reads the hours: they are the mentor's, and their line's."""
    if side == MENTOR:
        return gettext("your managers and the coordinator see this")
    return gettext("the managers of %(name)s and the coordinator see this", name=mentor.given_name)


def what_others_read(hours: bool, sides: Sequence[str]) -> str:
    """Say to who is told how it stands, of the duo or of these sides, what they see of a pair, and what not."""
    if len(sides) > 1:
        return gettext(
            "You see of each side whether it is low, the hours and the signals. Of what they answered you see nothing."
        )
    if sides and hours:
        return gettext(
            "You see whether this side is low, the hours and the signals. Of the other side, and of what anybody "
            "answered, you see nothing."
        )
    if sides:
        return gettext(
            "You see whether this side is low, and the signals. Of the other side, and of what anybody answered, you "
            "see nothing."
        )
    return gettext("You see the group, the hours and the signals. What they answered only they see themselves.")


def why_untold(chosen: str | None) -> str:
    """Say to the line why it is not told how a pair stands."""
    if chosen == RELEASED:
        return gettext(
            "What the check-ins of this pair say is not shown to managers, only signals that one of the two shows "
            "themselves: that is how the programme is set up."
        )
    return gettext("What the check-ins of this pair say is not shown to managers: that is how the programme is set up.")


def nothing_asked(status: str, remote: bool, next_on: date | None) -> str:
    """Say to a side without any check-in why there is none, and when the first comes."""
    if status == ENDED:
        return gettext("There are no check-ins of this pair here.")
    yet = gettext("Nothing asked yet.")
    if status == PAUSED:
        when = gettext("While you two pause, nobody is asked.")
    elif next_on is None:
        when = gettext("At the moment no check-ins are asked.")
    elif remote:
        return yet
    else:
        when = gettext("The first check-in comes after two shifts together.")
    return f"{yet} {when}"


def level_now(reached: int, target: int) -> str:
    """Return a level and where it leads, in words."""
    if reached >= target:
        return gettext("now: %(level)s", level=gettext(LEVELS[reached]))
    return gettext(
        "now: %(level)s, goal: %(target)s",
        level=gettext(LEVELS[reached]),
        target=gettext(LEVELS[target]),
    )


def meeting(shifts: Sequence[Shift], today: date) -> str:
    """Return when the two are at work together next."""
    if not shifts:
        return gettext("No shift together in the coming four weeks")
    first = shifts[0]
    if first.day == today:
        return gettext("Together today until %(time)s", time=time_of_day(first.end))
    if (first.day - today).days == 1:
        return gettext("Together again tomorrow")
    return gettext("Together again on %(day)s", day=long_day(first.day))


def shift(found: Shift, today: date) -> str:
    """Return one stretch of time together, from when to when."""
    times = f"{time_of_day(found.begin)}–{time_of_day(found.end)}"
    ahead = (local_date(found.begin) - today).days
    near = {0: N_("today"), 1: N_("tomorrow")}
    if ahead in near:
        return f"{gettext(near[ahead])}, {times}"
    return times


def talk(on: date, names: list[str]) -> str:
    """Return a talk that is planned: when, and with whom."""
    if not names:
        return gettext("Talk on %(day)s", day=long_day(on))
    return gettext("Talk on %(day)s with %(names)s", day=long_day(on), names=joined(names))
