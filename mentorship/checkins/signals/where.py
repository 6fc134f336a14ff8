"""Where in the list of signals one is: what its address keeps, and how many lines each view has. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from mentorship.checkins.signals import inbox
from mentorship.checkins.signals.signal_list import Listed

KEPT = ("view", "kind", "site", "domain", "q", "page")


def came_from(address: Mapping[str, str]) -> dict[str, str]:
    """Return what an address tells of where in the list something was sent."""
    return {name: address[name] for name in KEPT if name in address}


def here(address: Mapping[str, str], page: int) -> dict[str, str]:
    """Return where in the list one is, for the links and forms on it to keep."""
    kept = came_from(address)
    kept.pop("page", None)
    if page > 1:
        kept["page"] = str(page)
    return kept


def number_of(shown: Listed, view: str) -> int | None:
    """Return how many lines a view has; of what is closed only where it was read."""
    if view == inbox.CLOSED:
        is_read = shown.view.one("view") == view
        return len(inbox.folded(shown.found)[0]) if is_read else None
    leads, _by_line = inbox.folded(inbox.in_view(shown.everything, view, shown.reader))
    return len(leads)
