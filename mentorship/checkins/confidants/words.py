"""What is said of confidants: of which site, who stands in, and where it is read that they saw it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mentorship.base.i18n import day, gettext
from mentorship.checkins.confidants.queries import Asked, Held
from mentorship.checkins.words import HELPERS
from mentorship.people.models import Site


def place(site: Site | None) -> str:
    """Name the site of a confidant, or that it is for everybody else."""
    return site.name if site is not None else gettext("The whole organisation")


def who(one: Held, today: date) -> str:
    """Say who the confidant is, and who stands in from when until when, while that is still to come or goes on."""
    row = one.row
    if one.stand_in is None or row.stand_in_until is None or row.stand_in_until < today:
        return one.person.name
    return gettext(
        "%(name)s; %(other)s stands in from %(first)s until and including %(last)s",
        name=one.person.name,
        other=one.stand_in.name,
        first=day(row.stand_in_from),
        last=day(row.stand_in_until),
    )


def choices(helpers: Sequence[str], confidant: Asked | None) -> list[tuple[str, str]]:
    """Return whom help can be asked of, to choose from: the confidant by name."""
    found = []
    for helper in helpers:
        title = gettext(HELPERS[helper])
        if helper == "confidant" and confidant is not None:
            title = gettext("the confidant (%(name)s)", name=confidant.person.name)
        found.append((helper, title))
    return found


def told(asked: Asked | None) -> str:
    """Say whom one reaches by asking the confidant today, and where it is read that they saw it.

    The same is said of who is away: that is for nobody else to know.
    """
    if asked is None:
        return ""
    name = asked.person.name
    seen = gettext(
        "You read at this check-in when %(name)s saw it. Takes that too long? Ask somebody else too.", name=name
    )
    if asked.in_place_of is None:
        return seen
    instead = gettext("%(name)s stands in for %(other)s.", name=name, other=asked.in_place_of.name)
    return f"{instead} {seen}"
