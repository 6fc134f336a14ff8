"""The words for what waits on a desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mentorship.base.i18n import N_, gettext, long_day, ngettext
from mentorship.home import managing, rules
from mentorship.home.naming import Waiting
from mentorship.home.setup import words as setup_words
from mentorship.profiles.words import LEVELS
from mentorship.rounds.waiting import asking

GLYPHS = {
    rules.CHECK_IN: "message-circle",
    rules.SLIP: "printer",
    rules.PROPOSAL: "heart-handshake",
    rules.ENDS_SOON: "calendar-due",
    rules.LEVEL: "star",
    rules.SECOND: "star",
    rules.WEEKS: "calendar-event",
    rules.ASKED: "lifebuoy",
    rules.CONFIDED: "lock",
    rules.LATE: "clock-exclamation",
    rules.OTHER: "inbox",
    rules.HOURS: "scale",
    rules.FEWER_HOURS: "scale",
    rules.PAPER: "printer",
    rules.ROUND: "arrows-split-2",
    rules.PAIRS: "heart-handshake",
    rules.OBJECTED: "arrows-split-2",
    rules.NOT_NOW: "hand-stop",
    rules.SILENT: "hourglass",
    rules.SET_UP: "settings",
    rules.GUIDE: "flag",
    rules.TEAM: "users",
    rules.COVER: "heart-handshake",
    rules.ASKED_PLACE: "user-plus",
    rules.FREED: "bell-ringing",
    rules.QUESTION: "message-2",
    rules.QUESTION_SAID: "message-2",
    rules.CERTIFICATE: "id",
    rules.PULSE: "message-circle",
}
BUTTONS = {
    rules.CHECK_IN: N_("Answer the check-in"),
    rules.SLIP: N_("Look and say"),
    rules.PROPOSAL: N_("See and answer"),
    rules.ENDS_SOON: N_("Say which"),
    rules.LEVEL: N_("Say if that is right"),
    rules.SECOND: N_("Say if that is right"),
    rules.WEEKS: N_("Log the hours"),
    rules.ASKED: N_("See who"),
    rules.CONFIDED: N_("See who"),
    rules.LATE: N_("Look again"),
    rules.OTHER: N_("Share them out"),
    rules.HOURS: N_("Confirm hours"),
    rules.FEWER_HOURS: N_("Look and say"),
    rules.PAPER: N_("Print slips"),
    rules.ROUND: N_("Check the round"),
    rules.PAIRS: N_("See and answer"),
    rules.OBJECTED: N_("Open the round"),
    rules.NOT_NOW: N_("See who waits again"),
    rules.SILENT: N_("See who has not answered"),
    rules.SET_UP: N_("Complete it"),
    rules.GUIDE: N_("Go on"),
    rules.TEAM: N_("See who"),
    rules.COVER: N_("Open the pair"),
    rules.ASKED_PLACE: N_("Look and say"),
    rules.FREED: N_("See who can have it"),
    rules.QUESTION: N_("Read and answer"),
    rules.QUESTION_SAID: N_("Read it"),
    rules.CERTIFICATE: N_("Look and say"),
    rules.PULSE: N_("Answer in a minute"),
}


def title(waits: Waiting) -> str:
    """Return what waits, as a sentence."""
    return _TITLES[waits.thing.kind](waits)


def _check_in(waits: Waiting) -> str:
    if waits.closing:
        return gettext("How did it go with %(name)s?", name=waits.name)
    return gettext("How is it going with %(name)s?", name=waits.name)


def _slip(waits: Waiting) -> str:
    return gettext("Was it you, in the check-in about %(name)s?", name=waits.name)


def _proposal(waits: Waiting) -> str:
    if waits.guides:
        return gettext("Will you mentor %(name)s?", name=waits.name)
    return gettext("%(name)s as your mentor?", name=waits.name)


def _question(waits: Waiting) -> str:
    return gettext("%(name)s has a quick question for you", name=waits.name)


def _question_said(waits: Waiting) -> str:
    return gettext("%(name)s answered your question", name=waits.name)


def _ends_soon(waits: Waiting) -> str:
    return gettext("You and %(name)s: does it end or go on?", name=waits.name)


def _level(waits: Waiting) -> str:
    return gettext("Can %(name)s do this?", name=waits.name)


def _weeks(waits: Waiting) -> str:
    return gettext("Did you work together?")


def _asked(waits: Waiting) -> str:
    if waits.thing.more:
        return gettext("More than %(many)s people ask you for help", many=waits.thing.number)
    return ngettext("%(num)s person asks you for help", "%(num)s people ask you for help", waits.thing.number)


def _late(waits: Waiting) -> str:
    if waits.thing.more:
        return gettext("More than %(many)s agreements are past their day", many=waits.thing.number)
    return ngettext("%(num)s agreement is past its day", "%(num)s agreements are past their day", waits.thing.number)


def _other(waits: Waiting) -> str:
    if waits.thing.more:
        return gettext("More than %(many)s signals ask for action", many=waits.thing.number)
    return ngettext("%(num)s signal asks for action", "%(num)s signals ask for action", waits.thing.number)


def _hours(waits: Waiting) -> str:
    return ngettext(
        "%(num)s mentor waits for you to confirm hours",
        "%(num)s mentors wait for you to confirm hours",
        waits.thing.number,
    )


def _paper(waits: Waiting) -> str:
    return ngettext(
        "%(num)s person without mail gets a check-in on paper",
        "%(num)s people without mail get a check-in on paper",
        waits.thing.number,
    )


def _round(waits: Waiting) -> str:
    return gettext("%(round)s has found its pairs", round=waits.name)


def _pairs(waits: Waiting) -> str:
    return ngettext(
        "%(num)s new pair of your team: object or not?",
        "%(num)s new pairs of your team: object or not?",
        waits.thing.number,
    )


def _silent(waits: Waiting) -> str:
    return ngettext(
        "%(num)s proposal lapses this week if nobody answers",
        "%(num)s proposals lapse this week if nobody answers",
        waits.thing.number,
    )


def _objected(waits: Waiting) -> str:
    return gettext("%(round)s cannot go on: no pairs could be found again", round=waits.name)


def _not_now(waits: Waiting) -> str:
    return ngettext(
        "A manager objected to %(num)s pair made at once",
        "Managers objected to %(num)s pairs made at once",
        waits.thing.number,
    )


def _guide(waits: Waiting) -> str:
    return setup_words.heading(len(waits.thing.steps))


def _team(waits: Waiting) -> str:
    return ngettext(
        "%(num)s person needs another manager",
        "%(num)s people need another manager",
        waits.thing.number,
    )


def _cover(waits: Waiting) -> str:
    return gettext("A second mentor for %(name)s for a while?", name=waits.name)


_TITLES: dict[str, Callable[[Waiting], str]] = {
    rules.CHECK_IN: _check_in,
    rules.SLIP: _slip,
    rules.PROPOSAL: _proposal,
    rules.ENDS_SOON: _ends_soon,
    rules.LEVEL: _level,
    rules.SECOND: _level,
    rules.WEEKS: _weeks,
    rules.ASKED: _asked,
    rules.CONFIDED: _asked,
    rules.LATE: _late,
    rules.OTHER: _other,
    rules.HOURS: _hours,
    rules.FEWER_HOURS: lambda waits: managing.title(waits.thing.number),
    rules.PAPER: _paper,
    rules.ROUND: _round,
    rules.PAIRS: _pairs,
    rules.OBJECTED: _objected,
    rules.NOT_NOW: _not_now,
    rules.SILENT: _silent,
    rules.SET_UP: lambda waits: gettext("Nothing can be published yet"),
    rules.GUIDE: _guide,
    rules.TEAM: _team,
    rules.COVER: _cover,
    rules.ASKED_PLACE: lambda waits: asking.waiting(waits.thing.number),
    rules.FREED: lambda waits: asking.freed(waits.thing.number),
    rules.QUESTION: _question,
    rules.QUESTION_SAID: _question_said,
    rules.CERTIFICATE: lambda waits: gettext("Your certificate %(title)s ends", title=waits.name),
    rules.PULSE: lambda waits: gettext("The yearly pulse: is there time to learn and to help?"),
}
NOTES = {
    rules.LATE: N_("Signals that somebody took on and would look at again."),
    rules.TEAM: N_("The manager left. Until then the manager above does what has to be done."),
    rules.PULSE: N_("Anonymous: your answers are kept without your name."),
}


def note(waits: Waiting) -> str:
    """Return what one may want to know of it beforehand."""
    thing = waits.thing
    if thing.kind == rules.CHECK_IN:
        return waits.told or gettext("Two minutes. Only you see your answers.")
    if thing.kind == rules.WEEKS:
        return ngettext(
            "%(num)s week is not logged yet. The hours are filled in already.",
            "%(num)s weeks are not logged yet. The hours are filled in already.",
            thing.number,
        )
    if waits.level is not None:
        return _claimed(waits, gettext(LEVELS[waits.level]))
    if thing.kind == rules.GUIDE:
        return setup_words.open_steps(thing.steps)
    if thing.kind in NOTES:
        return gettext(NOTES[thing.kind])
    return waits.told or waits.domain


def _claimed(waits: Waiting, level: str) -> str:
    if waits.thing.kind == rules.LEVEL:
        text = N_("%(name)s says: “%(level)s” in %(domain)s. Is that right?")
    else:
        text = N_("%(name)s: “%(level)s” in %(domain)s? The mentor asks you to confirm it too.")
    return gettext(
        text,
        name=waits.name,
        level=level,
        domain=waits.domain,
    )


def when(waits: Waiting, today: date) -> str:
    """Return until when it can wait, or since when it does."""
    thing = waits.thing
    if thing.until is not None:
        return gettext("until %(day)s", day=near(thing.until, today))
    if thing.since is not None:
        return gettext("since %(day)s", day=near(thing.since, today))
    return ""


def near(day: date, today: date) -> str:
    """Return a day as people say it: yesterday, today, tomorrow, or which."""
    days = (day - today).days
    if days in _NEAR:
        return gettext(_NEAR[days])
    return long_day(day)


_NEAR = {-1: N_("yesterday"), 0: N_("today"), 1: N_("tomorrow")}


def is_late(waits: Waiting, today: date) -> bool:
    """Tell whether the day has passed on which somebody would do it, or it is the last one."""
    thing = waits.thing
    if thing.kind == rules.LATE:
        return True
    return thing.until is not None and thing.until <= today
