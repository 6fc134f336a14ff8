"""Who carries what in words: the heads of the list, and the same as a sheet."""

from __future__ import annotations

from typing import Any

from mentorship.base.i18n import N_, decimal, gettext
from mentorship.insight.queries import Load

COLUMNS = (
    ("name", N_("Mentor")),
    ("site", N_("Site")),
    ("places", N_("Places")),
    ("taken", N_("Taken")),
    ("free", N_("Free")),
    ("hours", N_("Hours promised")),
    ("confirmed", N_("Confirmed")),
    ("spent", N_("Hours used")),
    ("waiting", N_("In the schedule")),
)
NUMBERS = ("places", "taken", "free", "hours", "confirmed", "spent")
"""The columns that stand to the right."""


def sheet_head() -> list[str]:
    """Return the heads of the sheet."""
    return [
        gettext("Number"),
        gettext("Name"),
        gettext("Site"),
        gettext("Places"),
        gettext("Count now"),
        gettext("Taken"),
        gettext("Of which proposed"),
        gettext("Free"),
        gettext("Hours promised"),
        gettext("Hours confirmed"),
        gettext("Paused"),
        gettext("Hours used, last four logged weeks"),
        gettext("Hours confirmed, those weeks"),
        gettext("A quarter or more over"),
    ]


def sheet_row(load: Load) -> list[Any]:
    """Return a row of the sheet."""
    return [
        load.person.number,
        load.person.name,
        load.site,
        load.places,
        load.usable,
        load.taken,
        load.proposed,
        load.free,
        decimal(load.hours),
        decimal(load.confirmed),
        _yes_or_no(load.paused),
        *_balance(load),
    ]


def _balance(load: Load) -> list[str]:
    if load.balance is None:
        return ["", "", ""]
    return [
        decimal(load.balance.spent),
        decimal(load.balance.confirmed),
        _yes_or_no(load.balance.over),
    ]


def _yes_or_no(value: bool) -> str:
    return gettext("yes") if value else gettext("no")
