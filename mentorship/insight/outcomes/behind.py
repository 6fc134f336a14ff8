"""What stands behind each outcome in words: of how many it is, and who counts neither way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mentorship.base.i18n import gettext, integer, ngettext, percent
from mentorship.insight.outcomes.rules import (
    ACCEPTED,
    ALONE,
    ENDED_WELL,
    HOURS,
    MATCHED,
    OVER,
    RUNNING,
    STAYED,
    STEPS,
    WAIT,
    WAITING,
    Figure,
)
from mentorship.insight.outcomes.words import hours, within

OVER_FROM = 0.25


def behind(key: str, found: Figure) -> str:
    """Say how many stand behind an outcome, and who counts neither way."""
    parts = BEHIND[key](found)
    return "; ".join(filter(None, parts))


def _number(found: Figure, name: str) -> int:
    """Return one of the numbers that belong to an outcome."""
    return int(found.more.get(name, 0))


def _told(number: int, said: str) -> str:
    """Say something of a number of them; nothing of nobody."""
    return said if number else ""


def _matched(found: Figure) -> list[str]:
    withdrawn = _number(found, "withdrawn")
    return [
        ngettext("%(num)s request in this time", "%(num)s requests in this time", found.of or 0),
        _told(
            withdrawn,
            ngettext(
                "%(num)s was withdrawn before there was a mentor",
                "%(num)s were withdrawn before there was a mentor",
                withdrawn,
            ),
        ),
    ]


def _waiting(found: Figure) -> list[str]:
    return [
        ngettext("%(num)s person, on the last day", "%(num)s people, on the last day", found.people),
        gettext("who has a proposal waits too, until it begins"),
    ]


def _spread(found: Figure) -> list[str]:
    """Say by when it had happened for a quarter and for three quarters, as far as it came to that."""
    parts = []
    if found.early is not None:
        early = gettext("a quarter %(within)s", within=within(found.early))
        parts.append(early)
    if found.late is not None:
        late = gettext("three quarters %(within)s", within=within(found.late))
        parts.append(late)
    return parts


def _wait(found: Figure) -> list[str]:
    told = gettext(
        "%(number)s of %(all)s who asked in the past year found one; the others count for as long as they waited",
        number=integer(found.number),
        all=integer(found.of or 0),
    )
    return [*_spread(found), told]


def _accepted(found: Figure) -> list[str]:
    refused = _number(found, "refused")
    lapsed = _number(found, "lapsed")
    waiting = _number(found, "open")
    return [
        _told(refused, ngettext("%(num)s time somebody said no", "%(num)s times somebody said no", refused)),
        _told(lapsed, ngettext("%(num)s lapsed", "%(num)s have lapsed", lapsed)),
        _told(
            waiting,
            ngettext(
                "%(num)s still waits for an answer and does not count",
                "%(num)s still wait for an answer and do not count",
                waiting,
            ),
        ),
    ]


def _running(found: Figure) -> list[str]:
    begun = int(found.more.get("begun", 0))
    return [
        ngettext("%(num)s junior, on the last day", "%(num)s juniors, on the last day", found.people),
        gettext("who pauses counts too"),
        ngettext("%(num)s pair began in this time", "%(num)s pairs began in this time", begun),
    ]


def _ended(found: Figure) -> list[str]:
    unsaid = _number(found, "unsaid")
    left = _number(found, "left")
    return [
        ngettext("%(num)s pair of which it was said", "%(num)s pairs of which it was said", found.of or 0),
        _told(unsaid, ngettext("of %(num)s pair nobody said how", "of %(num)s pairs nobody said how", unsaid)),
        _told(
            left,
            ngettext(
                "%(num)s ended because somebody left, which says nothing of it",
                "%(num)s ended because somebody left, which say nothing of it",
                left,
            ),
        ),
    ]


def _steps(found: Figure) -> list[str]:
    return [ngettext("of %(num)s junior", "of %(num)s juniors", found.people)]


def _alone(found: Figure) -> list[str]:
    told = gettext(
        "%(number)s of %(all)s goals of the past two years came to it; the others count for as long as they ran",
        number=integer(found.number),
        all=integer(found.of or 0),
    )
    return [*_spread(found), told]


def _stayed(found: Figure) -> list[str]:
    shorter = _number(found, "shorter")
    return [
        ngettext(
            "%(num)s junior who began one to two years ago",
            "%(num)s juniors who began one to two years ago",
            found.of or 0,
        ),
        _told(
            shorter,
            ngettext(
                "%(num)s began less than a year ago and does not count yet",
                "%(num)s began less than a year ago and do not count yet",
                shorter,
            ),
        ),
    ]


def _logged(found: Figure) -> list[str]:
    return [
        ngettext(
            "%(num)s mentor, the last four weeks each logged",
            "%(num)s mentors, the last four weeks each logged",
            found.people,
        ),
        gettext("%(hours)s promised", hours=hours(found, "promised")),
    ]


def _over(found: Figure) -> list[str]:
    unconfirmed = _number(found, "unconfirmed")
    return [
        ngettext(
            "%(num)s mentor with confirmed hours who logs",
            "%(num)s mentors with confirmed hours who log",
            found.of or 0,
        ),
        gettext("well over: %(share)s or more", share=percent(OVER_FROM)),
        _told(
            unconfirmed,
            ngettext(
                "of %(num)s mentor no hours were confirmed", "of %(num)s mentors no hours were confirmed", unconfirmed
            ),
        ),
    ]


BEHIND: Mapping[str, Callable[[Figure], list[str]]] = {
    MATCHED: _matched,
    WAITING: _waiting,
    WAIT: _wait,
    ACCEPTED: _accepted,
    RUNNING: _running,
    ENDED_WELL: _ended,
    STEPS: _steps,
    ALONE: _alone,
    STAYED: _stayed,
    HOURS: _logged,
    OVER: _over,
}
