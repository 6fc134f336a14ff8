"""The words for pairing somebody at once: the finding, what a mentor takes from others, what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from mentorship.base.i18n import gettext, long_day, ngettext
from mentorship.rounds.announcing.rules import day_of
from mentorship.rounds.direct.pool import NEXT_TO_NOTHING, Candidate, Moved

FEW = 3
"""Fewer others than this are not counted out to a manager."""


def finding(who: str, best: Candidate | None, advised: Candidate | None, name: str) -> str:
    """Say to whom somebody can go, and what that costs the others at most."""
    if best is None:
        return gettext("Nobody can be the mentor of %(name)s now", name=who)
    if advised is not None:
        return gettext("%(name)s can go to %(mentor)s; that costs nobody a mentor", name=who, mentor=name)
    return gettext("%(name)s can go to %(mentor)s, but that costs somebody else a mentor", name=who, mentor=name)


def brief(shown: int, able: int, waiting: int) -> str:
    """Say how many of those who can are shown, and how many other requests what they take is reckoned against."""
    if not able:
        return gettext("Look below for the reason by name, or open the waiting list for what would help.")
    best = ngettext(
        "The one mentor who can, with a place.",
        "The %(shown)s best of the %(num)s mentors who can, each with a place.",
        able,
        shown=shown,
    )
    taken = ngettext(
        "Beside it: what that choice takes from the other open request.",
        "Beside it: what that choice takes from the %(num)s other open requests.",
        waiting,
    )
    return f"{best} {taken}"


def lost(candidate: Candidate, *, merged: bool) -> str:
    """Say how many other requests lose their mentor; to a manager not how many, under three."""
    if merged and candidate.lost < FEW:
        return gettext("Fewer than three other requests lose their mentor")
    return ngettext(
        "%(num)s request loses its mentor",
        "%(num)s requests lose their mentor",
        candidate.lost,
    )


def worse(moves: Sequence[Moved]) -> list[Moved]:
    """Return the requests that would get a mentor who fits less, where anybody would notice."""
    return [moved for moved in moves if moved.after is not None and moved.change <= -NEXT_TO_NOTHING]


def fits_less(number: int, *, merged: bool) -> str:
    """Say how many other requests get a mentor who fits a little less."""
    if merged and number < FEW:
        return gettext("Fewer than three other requests get a mentor who fits a little less")
    return ngettext(
        "%(num)s request gets a mentor who fits a little less",
        "%(num)s requests get a mentor who fits a little less",
        number,
    )


def points(change: float) -> str:
    """Say how many points a mentor fits less."""
    return ngettext("%(num)s point", "%(num)s points", max(1, round(-100 * change)))


def waits(days: int) -> str:
    """Say for how long somebody waits."""
    return ngettext("waits for %(num)s day", "waits for %(num)s days", days)


def of_shifts(together: int, shifts: int) -> str:
    """Say on how many of the coming shifts two are at work together."""
    return ngettext(
        "%(together)s of the coming shift",
        "%(together)s of the %(num)s coming shifts",
        shifts,
        together=together,
    )


def first_day(first: date | None) -> str:
    """Say when two are at work together first."""
    if first is None:
        return gettext("not in sight yet")
    return long_day(first)


def objecting(until: datetime | None) -> str:
    """Say until when managers may object."""
    if until is None:
        return gettext("They begin as soon as both said yes.")
    return gettext(
        "Their managers may object up to and including %(day)s; after that they begin, if both said yes.",
        day=long_day(day_of(until)),
    )
