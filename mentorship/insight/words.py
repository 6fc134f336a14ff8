"""Who carries what in words: the list, its columns, what it is chosen by, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mentorship.base.i18n import N_, gettext, integer, ngettext
from mentorship.base.lists import Column, Filter, Listing, Value
from mentorship.checkins.words import NEVER_USED
from mentorship.insight.loads import FREE, FULL, HALF, IDLE, MOST, NOBODY, OVER, WAITS
from mentorship.insight.queries import Load, Totals
from mentorship.people.models import Site

FILL_NAMES = {
    IDLE: N_("no place counts"),
    NOBODY: N_("none taken"),
    HALF: N_("up to half taken"),
    MOST: N_("more than half taken"),
    FULL: N_("full"),
    OVER: N_("more pairs than places"),
}


def _balance(value: Callable[[Any], Value]) -> Callable[[Load], Value]:
    """Return what to take of the hours spent; nothing of who noted none."""

    def of(load: Load) -> Value:
        return None if load.balance is None else value(load.balance)

    return of


NAME = (
    Column("number", N_("Number"), lambda load: load.person.number),
    Column("name", N_("Name"), lambda load: load.person.name),
    Column("paused", N_("Paused"), lambda load: load.paused),
)
CARRIES = (
    Column("places", N_("Places"), lambda load: load.places),
    Column("usable", N_("Count now"), lambda load: load.usable),
    Column("taken", N_("Taken"), lambda load: load.taken),
    Column("proposed", N_("Of which proposed"), lambda load: load.proposed),
    Column("free", N_("Free"), lambda load: load.free),
)
HOURS = (
    Column("hours", N_("Hours promised"), lambda load: load.hours),
    Column("confirmed", N_("Confirmed"), lambda load: load.confirmed),
    Column("spent", N_("Hours used, last four logged weeks"), _balance(lambda found: found.spent)),
    Column("confirmed", N_("Hours confirmed, those weeks"), _balance(lambda found: found.confirmed)),
    Column("over", N_("A quarter or more over"), _balance(lambda found: found.over)),
)
WAITING = (Column("waiting", N_("Waits for the manager"), lambda load: load.waits),)
COLUMNS = (
    Column("name", N_("Mentor"), sorts=True, fixed=True, parts=NAME),
    Column("site", N_("Site"), lambda load: load.site, sorts=True),
    Column("places", N_("Places"), sorts=True, number=True, hidden=True),
    Column("taken", N_("Carries"), sorts=True, parts=CARRIES),
    Column("free", N_("Free"), sorts=True, number=True, hidden=True),
    Column("spent", N_("Hours a week"), sorts=True, parts=HOURS),
    Column("hours", N_("Hours promised"), sorts=True, number=True, hidden=True),
    Column("confirmed", N_("Confirmed"), sorts=True, number=True, hidden=True),
    Column("waiting", N_("In the schedule"), sorts=True, parts=WAITING),
)
"""What is hidden at first stands in the sheet already, beside what is shown: it is there to be sorted by."""


def listing(sites: Sequence[Site], both: bool) -> Listing:
    """Return the list; who sees everybody and has a line too (`both`) can choose their own line."""
    own = [("own", gettext("your own team"))] if both else []
    return Listing(
        key="workload",
        title=N_("Who carries what"),
        columns=COLUMNS,
        filters=(
            Filter("line", gettext("Team"), own, several=False),
            Filter(
                "site",
                gettext("Site"),
                [(str(site.id), site.name) for site in sites],
            ),
            Filter(
                "fill",
                gettext("How full"),
                [(key, gettext(name)) for key, name in FILL_NAMES.items()],
            ),
            Filter("state", gettext("Status"), _states(), several=False),
        ),
        search=gettext("Name or personnel number"),
        sort="name",
        foot=NEVER_USED,
    )


def _states() -> list[tuple[str, str]]:
    return [
        (WAITS, gettext("hours to confirm")),
        (FREE, gettext("a place is free")),
    ]


def heading(totals: Totals, everyone: bool) -> str:
    """Say what asks for something first: at most two things."""
    if not totals.mentors:
        return gettext("No mentors here yet")
    found = list(_found(totals, everyone))
    return "; ".join(found[:2]) or gettext("No place is free now")


def _found(totals: Totals, everyone: bool) -> Iterator[str]:
    if totals.waiting and not everyone:
        yield ngettext(
            "The hours of %(num)s mentor wait for you",
            "The hours of %(num)s mentors wait for you",
            totals.waiting,
        )
    if totals.fills[OVER]:
        yield ngettext(
            "%(num)s mentor has more pairs than places",
            "%(num)s mentors have more pairs than places",
            totals.fills[OVER],
        )
    if totals.free:
        yield ngettext(
            "%(num)s mentor has a place free",
            "%(num)s mentors have a place free",
            totals.free,
        )


def brief(totals: Totals, everyone: bool) -> str:
    """Say of whom it tells, and what the hours are."""
    text = N_("%(who)s: %(mentors)s. Places taken: %(taken)s of %(places)s. Hours: a week, over the last four logged.")
    return gettext(
        text,
        who=gettext("Everybody") if everyone else gettext("Your own team"),
        mentors=ngettext("%(num)s mentor", "%(num)s mentors", totals.mentors),
        taken=integer(totals.taken),
        places=integer(totals.places),
    )


def chart_title(totals: Totals) -> str:
    """Say what the bars show: a proposal takes a place too."""
    alone = totals.fills[NOBODY] + totals.fills[IDLE]
    if not alone:
        return gettext("Every mentor has a junior or a proposal")
    return ngettext(
        "%(num)s mentor of %(all)s has no junior and no proposal",
        "%(num)s mentors of %(all)s have no junior and no proposal",
        alone,
        all=integer(totals.mentors),
    )
