"""The knowledge map in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from mentorship.base.i18n import N_, day, decimal, gettext, integer, joined, month, ngettext
from mentorship.insight.knowledge.arriving import Weeks
from mentorship.insight.knowledge.facts import HIGH, LOW, MODERATE, VERY_HIGH, Bands
from mentorship.insight.knowledge.rules import (
    SOONEST_FIRST,
    Outlook,
    Row,
    critical,
    repaired,
    thin,
)
from mentorship.profiles.coverage import UNKNOWN, Risk

BANDS = {
    VERY_HIGH: N_("very high"),
    HIGH: N_("high"),
    MODERATE: N_("moderate"),
    LOW: N_("low"),
}
STAYS = {
    "under_1": N_("gone within a year"),
    "1_to_3": N_("1 to 3 years"),
    "3_to_5": N_("3 to 5 years"),
    "over_5": N_("stays longer than 5 years"),
    UNKNOWN: N_("not filled in; counts as staying"),
}
GLYPHS = {
    "under_1": ("stay-1", "leaving"),
    "1_to_3": ("stay-13", "soon"),
    "3_to_5": ("stay-35", ""),
    "over_5": ("stay-5", ""),
    UNKNOWN: ("stay-x", "quiet"),
}
"""By how long somebody stays the mark and its colour."""
NAMED = 4
"""So many domains are named in a sentence; more are counted."""
HOW_IT_IS_COUNTED = (
    N_(
        "Position, 1 to 5: 1, and 2 more for a critical domain, and 1 more where at most three people hold it, "
        "2 more where at most one does."
    ),
    N_(
        "Attrition, 1 to 5: the average over its holders. Gone within a year counts 5, within three years 4, within "
        "five years 3, longer 1. Who said nothing takes the average of those who did; where nobody did it is 3, and "
        "where nobody holds the domain 5."
    ),
    N_(
        "The risk is the one times the other: from %(very_high)s very high, from %(high)s high, from %(moderate)s "
        "moderate, else low."
    ),
    N_("A holder is at “explains it to others” or higher. A known last day goes before what somebody filled in."),
    N_("Age and years of service are nowhere in it: Leermaat does not know them."),
)


def how_it_is_counted(bands: Bands) -> list[str]:
    """Say how the risk is counted, and from where on it is called what."""
    (very_high, _), (high, _), (moderate, _) = bands
    values = {
        "very_high": integer(very_high),
        "high": integer(high),
        "moderate": integer(moderate),
    }
    return [gettext(line, **values) for line in HOW_IT_IS_COUNTED]


def heading(found: Sequence[Row]) -> str:
    """Say what is found first: how many critical domains one person holds at most in five years, without pairs."""
    if not found:
        return gettext("There are no domains yet")
    if not any(row.holders for row in found):
        return gettext("Nobody holds a domain yet, as far as is filled in")
    rows = critical(found)
    if not rows:
        return gettext("No domain is marked as critical yet")
    number = len(thin(rows))
    if not number:
        return gettext("Every critical domain keeps two holders or more for five years, as far as people said")
    return ngettext(
        "Without pairs %(num)s critical domain has one holder at most in five years",
        "Without pairs %(num)s critical domains have one holder at most in five years",
        number,
    )


def brief(found: Sequence[Row], first: Row | None, today: date, site: str) -> str:
    """Say what the pairs do about it, and of when and where this is."""
    stands = gettext("As of %(day)s, %(where)s.", day=day(today), where=site or gettext("all sites"))
    if first is None or first.growing:
        return stands
    nobody = gettext("Nobody grows in %(domain)s in a running pair.", domain=first.field.title)
    return f"{nobody} {stands}"


def chart_title(found: Outlook) -> str:
    """Say how much of what is lost the running pairs make up for."""
    if not found.lost:
        return gettext("Nobody of these holders leaves within five years, as far as people said")
    return ngettext(
        "Of %(num)s holder who is lost the running pairs make up for %(kept)s",
        "Of %(num)s holders who are lost the running pairs make up for %(kept)s",
        found.lost,
        kept=integer(found.kept),
    )


def chart_note(found: Sequence[Row]) -> str:
    """Say of which domains the picture is."""
    return ngettext(
        "holders in %(num)s critical domain",
        "holders in %(num)s critical domains",
        len(found),
    )


def careful(found: Sequence[Row]) -> str:
    """Say what the picture leaves out: who said nothing stays in it, and whose pace is unknown does not arrive."""
    silent = sum(row.risk.unknown for row in found)
    unknown = sum(row.not_known for row in found)
    said = [
        gettext("Who holds several domains counts in each."),
        ngettext(
            "%(num)s holder said nothing of how long they stay, and counts as staying.",
            "%(num)s holders said nothing of how long they stay, and count as staying.",
            silent,
        ),
    ]
    if unknown:
        uncounted = ngettext(
            "Of %(num)s junior it is not known when they get there: fewer than five people took that step here.",
            "Of %(num)s juniors it is not known when they get there: fewer than five people took that step here.",
            unknown,
        )
        said.append(uncounted)
    return " ".join(said)


def in_years(years: int) -> str:
    """Say when: now, or in so many years."""
    if not years:
        return gettext("Now")
    return ngettext("In %(num)s year", "In %(num)s years", years)


def with_pairs(number: int) -> str:
    """Say how many with the pairs."""
    return gettext("with pairs: %(number)s", number=integer(number))


def without(number: int) -> str:
    """Say how many without them."""
    return gettext("without: %(number)s", number=integer(number))


def moves(found: Outlook) -> str:
    """Write what becomes of a domain in five years, without and with the pairs."""
    low, high = found.without[-1], found.with_pairs[-1]
    if low == high:
        return integer(low)
    return f"{integer(low)} → {integer(high)}"


def told(found: Outlook) -> str:
    """Say the same as a picture."""
    return gettext(
        "Now %(now)s; in five years %(without)s without pairs, %(with_pairs)s with those that run",
        now=integer(found.now),
        without=integer(found.without[-1]),
        with_pairs=integer(found.with_pairs[-1]),
    )


def what_it_is(row: Row) -> str:
    """Say what kind of domain it is."""
    said = []
    if row.field.critical:
        said.append(gettext("critical"))
    if row.field.remote:
        said.append(gettext("can be learnt from afar"))
    return ", ".join(said)


def summed(found: Risk) -> str:
    """Write the sum behind a risk, and how many of its holders said nothing."""
    counted = gettext(
        "position %(position)s × attrition %(attrition)s = %(figure)s",
        position=integer(found.position),
        attrition=decimal(found.attrition, 1),
        figure=decimal(found.figure, 1),
    )
    if not found.unknown:
        return counted
    unknown = ngettext("%(num)s unknown", "%(num)s unknown", found.unknown)
    return f"{counted}; {unknown}"


def holders(row: Row) -> str:
    """Say who holds a domain: how many, how many stay how long, and how many want to pass it on."""
    if not row.holders:
        return gettext("nobody")
    counted = Counter(holder.horizon for holder in row.holders)
    said = []
    for horizon in SOONEST_FIRST:
        if counted[horizon]:
            said.append(f"{integer(counted[horizon])} × {gettext(STAYS[horizon])}")
    number = ngettext("%(num)s holder", "%(num)s holders", len(row.holders))
    return f"{number}: {', '.join(said)}"


def willing(row: Row) -> str:
    """Say how many want to pass it on."""
    if not row.holders:
        return ""
    return gettext(
        "%(number)s of %(all)s pass it on",
        number=integer(row.willing),
        all=integer(len(row.holders)),
    )


def arrives(weeks: Weeks | None, today: date) -> str:
    """Say between which months somebody gets there."""
    if weeks is None:
        return gettext("not known")
    first = month(today + timedelta(weeks=weeks.least))
    last = month(today + timedelta(weeks=weeks.most))
    if first == last:
        return first
    return gettext("%(first)s to %(last)s", first=first, last=last)


def growing(row: Row, today: date) -> str:
    """Say when the first of those who grow reaches the goal."""
    if not row.growing:
        return ""
    if row.first is None:
        return gettext("when: not known")
    return gettext("the first: %(when)s", when=arrives(row.first, today))


def low_ones(number: int) -> str:
    """Say how many domains are folded away."""
    return ngettext("%(num)s other domain, low", "%(num)s other domains, all low", number)


def named(found: Sequence[Row]) -> str:
    """Name domains, and count those beyond a few."""
    titles = [row.field.title for row in found[:NAMED]]
    if len(found) > NAMED:
        titles.append(ngettext("%(num)s more", "%(num)s more", len(found) - NAMED))
    return joined(titles)


def leaning(found: Sequence[Row]) -> list[str]:
    """Say which critical domains lean on one person, and what the running pairs will have repaired in a year."""
    rows = critical(found)
    alone = [row for row in rows if len(row.holders) == 1]
    nobody = [row for row in rows if not row.holders]
    said = []
    if alone:
        said.append(gettext("On one person: %(domains)s.", domains=named(alone)))
    if nobody:
        said.append(gettext("On nobody: %(domains)s.", domains=named(nobody)))
    if not said:
        return [gettext("Every critical domain has two holders or more now.")]
    mended = repaired(rows)
    if mended:
        said.append(gettext("Within a year the running pairs repair that for %(domains)s.", domains=named(mended)))
    else:
        said.append(gettext("The running pairs repair none of that within a year, as far as is known."))
    return said
