"""Who carries what in words: the list, its columns, and what it is chosen by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mentorship.base.i18n import N_, gettext, integer, ngettext
from mentorship.base.lists import Column, Filter, Listing, Value
from mentorship.insight.queries import FREE, FULL, WAITS, Load, Totals
from mentorship.people.models import Site


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
PLACES = (
    Column("places", N_("Places"), lambda load: load.places),
    Column("usable", N_("Count now"), lambda load: load.usable),
)
TAKEN = (
    Column("taken", N_("Taken"), lambda load: load.taken),
    Column("proposed", N_("Of which proposed"), lambda load: load.proposed),
)
SPENT = (
    Column("spent", N_("Hours used, last four logged weeks"), _balance(lambda found: found.spent)),
    Column("confirmed", N_("Hours confirmed, those weeks"), _balance(lambda found: found.confirmed)),
    Column("over", N_("A quarter or more over"), _balance(lambda found: found.over)),
)
WAITING = (Column("waiting", N_("Waits for the manager"), lambda load: load.waits),)
COLUMNS = (
    Column("name", N_("Mentor"), sorts=True, fixed=True, parts=NAME),
    Column("site", N_("Site"), lambda load: load.site, sorts=True),
    Column("places", N_("Places"), sorts=True, number=True, parts=PLACES),
    Column("taken", N_("Taken"), sorts=True, number=True, parts=TAKEN),
    Column("free", N_("Free"), lambda load: load.free, sorts=True, number=True),
    Column("hours", N_("Hours promised"), lambda load: load.hours, sorts=True, number=True),
    Column("confirmed", N_("Confirmed"), lambda load: load.confirmed, sorts=True, number=True),
    Column("spent", N_("Hours used"), sorts=True, number=True, parts=SPENT),
    Column("waiting", N_("In the schedule"), sorts=True, parts=WAITING),
)


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
            Filter("state", gettext("Status"), _states(), several=False),
        ),
        search=gettext("Name or personnel number"),
        sort="name",
    )


def _states() -> list[tuple[str, str]]:
    return [
        (WAITS, gettext("hours to confirm")),
        (FREE, gettext("a place is free")),
        (FULL, gettext("more taken than counts")),
    ]


def heading(totals: Totals) -> str:
    """Say how many of the places are taken, and how many wait for their hours."""
    if not totals.mentors:
        return gettext("No mentors here yet")
    taken = ngettext(
        "%(taken)s of %(num)s place is taken",
        "%(taken)s of %(num)s places are taken",
        totals.places,
        taken=integer(totals.taken),
    )
    if not totals.waiting:
        return taken
    waiting = ngettext(
        "the hours of %(num)s mentor wait for an answer",
        "the hours of %(num)s mentors wait for an answer",
        totals.waiting,
    )
    return f"{taken}; {waiting}"
