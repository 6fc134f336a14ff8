"""The sentences of what somebody gave as a mentor."""

from __future__ import annotations

from decimal import Decimal

from mentorship.base.i18n import day, decimal, gettext, ngettext
from mentorship.mentorships.mentoring.queries import Mentored, Mentoring
from mentorship.mentorships.models import ENDED


def heading(found: Mentoring) -> str:
    """Say in one line what was given."""
    if not found.pairs:
        return gettext("You have not been a mentor yet")
    return ngettext(
        "You gave %(hours)s to %(num)s junior",
        "You gave %(hours)s to %(num)s juniors",
        found.juniors,
        hours=hours(sum((one.given.hours for one in found.pairs), Decimal(0))),
    )


def hours(number: Decimal) -> str:
    """Write a number of hours with its unit."""
    return ngettext("%(hours)s hour", "%(hours)s hours", number, hours=decimal(number))


def kept(months: int) -> str:
    """Say how long hours are there to be counted."""
    return ngettext(
        "Hours count here as long as they are kept: until %(num)s month after a pair ended. Keep a statement before "
        "that.",
        "Hours count here as long as they are kept: until %(num)s months after a pair ended. Keep a statement before "
        "that.",
        months,
    )


def weeks(number: int) -> str:
    """Say in how many weeks."""
    return ngettext("in %(num)s week", "in %(num)s weeks", number)


def pair_note(one: Mentored) -> str:
    """Say in what, from when until when, and what came of it."""
    pair = one.pair
    told = {"domain": one.domain, "first": day(pair.started_on)}
    if pair.status == ENDED:
        when = gettext("%(domain)s · from %(first)s to %(last)s", **told, last=day(pair.ended_on))
    else:
        when = gettext("%(domain)s · since %(first)s", **told)
    parts = [when]
    if one.given.hours:
        parts.append(hours(one.given.hours))
    if one.steps:
        parts.append(ngettext("%(num)s step confirmed", "%(num)s steps confirmed", one.steps))
    return " · ".join(parts)
