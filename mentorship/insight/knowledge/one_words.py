"""One domain of the knowledge map, in words."""

from __future__ import annotations

from datetime import date

from mentorship.base.i18n import day, gettext, integer, ngettext
from mentorship.insight.knowledge.rules import Row
from mentorship.insight.knowledge.words import BANDS, summed, told


def heading(row: Row) -> str:
    """Say what was found of one domain: its risk, and how many hold it now and in five years."""
    return gettext(
        "%(domain)s: the risk is %(band)s",
        domain=row.field.title,
        band=gettext(BANDS[row.band]),
    )


def brief(row: Row, today: date) -> str:
    """Say how that is summed, who holds it, and how many in five years."""
    sum_of_it = summed(row.risk)
    stands = gettext("As of %(day)s.", day=day(today))
    return f"{sum_of_it[:1].upper()}{sum_of_it[1:]}. {told(row.outlook)}. {stands}"


def growing_title(row: Row) -> str:
    """Say how many grow in it."""
    if not row.growing:
        return gettext("Nobody grows in it in a running pair")
    return ngettext(
        "%(num)s junior grows in it in a running pair",
        "%(num)s juniors grow in it in a running pair",
        len(row.growing),
    )


def could_title(number: int, more: bool) -> str:
    """Say how many one could ask."""
    if not number:
        return gettext("Nobody else is near enough to ask")
    if more:
        return gettext("The %(number)s nearest whom you could ask to grow", number=integer(number))
    return ngettext(
        "%(num)s person whom you could ask to grow",
        "%(num)s people whom you could ask to grow",
        number,
    )
