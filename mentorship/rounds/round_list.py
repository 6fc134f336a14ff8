"""The rounds as a list: its columns, what it is chosen by, and its rows. There are few: they are chosen in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.base.letters import folded
from mentorship.base.lists import Column, Filter, Listing, View
from mentorship.rounds.models import Round
from mentorship.rounds.rules import EDITABLE
from mentorship.rounds.words import STATUS_NAMES


@dataclass(frozen=True)
class RoundRow:
    """A round in the list of them; how many asked and were matched is None until its pairs are found."""

    round: Round
    matched: int | None
    requests: int | None

    @property
    def status(self) -> str:
        """Where it stands, in words."""
        return gettext(STATUS_NAMES[self.round.status])


def listing() -> Listing:
    """Return the list, to be chosen by where a round stands; the newest first."""
    return Listing(
        key="rounds",
        title=N_("Match rounds"),
        columns=(
            Column("name", N_("Name"), lambda row: row.round.name, sorts=True, fixed=True),
            Column("status", N_("Status"), lambda row: row.status),
            Column("matched", N_("With a mentor"), lambda row: row.matched, sorts=True, number=True),
            Column("requests", N_("Requests"), lambda row: row.requests, sorts=True, number=True),
            Column("opened", N_("Opened"), lambda row: local_date(row.round.created_at), sorts=True),
        ),
        filters=(
            Filter(
                "status",
                gettext("Status"),
                [(status, gettext(name)) for status, name in STATUS_NAMES.items()],
            ),
        ),
        search=gettext("Name of the round"),
        sort="opened",
        descending=True,
    )


ORDERS = {
    "name": lambda row: folded(row.round.name),
    "matched": lambda row: row.matched or 0,
    "requests": lambda row: row.requests or 0,
    "opened": lambda row: row.round.created_at,
}


def fitting(rounds: Iterable[Round], view: View) -> list[RoundRow]:
    """Return the rounds that a view shows, in its order."""
    wanted = view.chosen("status")
    sought = folded(view.text).split()
    found = []
    for each in rounds:
        name = folded(each.name)
        if (wanted and each.status not in wanted) or not all(word in name for word in sought):
            continue
        row = RoundRow(
            each,
            each.quality.get("matched"),
            each.quality.get("requests"),
        )
        found.append(row)
    order = ORDERS.get(view.sort, ORDERS["opened"])
    return sorted(found, key=order, reverse=view.descending)


def heading(rounds: Sequence[Round]) -> str:
    """Say how many rounds wait for something, or that none does."""
    if not rounds:
        return gettext("No round yet")
    waiting = sum(each.status in EDITABLE for each in rounds)
    if not waiting:
        return gettext("Every round is published")
    return ngettext(
        "%(num)s round is not published yet",
        "%(num)s rounds are not published yet",
        waiting,
    )
