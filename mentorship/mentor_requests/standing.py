"""Where a request stands among those that wait, as its owner reads it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentorship.base.i18n import day, gettext, integer, ngettext
from mentorship.mentor_requests.needs import NeedInWords
from mentorship.mentor_requests.rules import TOLD_FROM

SHOWN = 7
"""So many places in the queue are drawn; of a longer one its ends and the places around one's own."""


@dataclass(frozen=True)
class Spot:
    """A place in the queue as it is drawn; one that is left out has no text."""

    text: str
    own: bool = False


@dataclass(frozen=True)
class Standing:
    """Where a request stands: what to say of it, and the queue to draw; none where too few wait to tell."""

    title: str
    queue: Sequence[Spot]


def standing(place: int, everybody: int) -> Standing:
    """Return where a request stands that is the `place`th of all that wait, by how long."""
    if everybody < TOLD_FROM:
        return Standing(gettext("Your request waits for the next match round"), ())
    title = gettext(
        "You are number %(place)s of the %(all)s who wait",
        place=integer(place),
        all=integer(everybody),
    )
    return Standing(title, queue(place, everybody))


def queue(place: int, everybody: int) -> list[Spot]:
    """Return the places to draw: all of a short queue, else its ends and those beside one's own."""
    drawn = set(range(1, everybody + 1))
    if everybody > SHOWN:
        drawn = {1, place - 1, place, place + 1, everybody} & drawn
    spots = []
    last = 0
    for number in sorted(drawn):
        if number > last + 1:
            spots.append(Spot(""))
        text = integer(number)
        if number == place:
            text = gettext("you, number %(place)s", place=text)
        spots.append(Spot(text, own=number == place))
        last = number
    return spots


def asked(main: NeedInWords, asked_on: date, today: date) -> str:
    """Return in one line what was asked, and how long ago."""
    what = gettext(
        "%(domain)s: from “%(current)s” to “%(target)s”.",
        domain=main.domain,
        current=main.current,
        target=main.target,
    )
    days = (today - asked_on).days
    since = gettext("Asked today.")
    if days:
        since = ngettext(
            "Asked on %(day)s, %(num)s day ago.",
            "Asked on %(day)s, %(num)s days ago.",
            days,
            day=day(asked_on),
        )
    return f"{what} {since}"
