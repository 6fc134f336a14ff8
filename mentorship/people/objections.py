"""Who objected to what: from when that was received, unless it was refused or withdrawn.

The requests themselves are kept far above (`privacy/requests`); what must hold to them reads here who they are of.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, column, select, table

MATCHING, FIGURES, CHECK_INS = "matching", "figures", "checkins"
STANDING = (MATCHING, FIGURES, CHECK_INS)
"""What goes on for as long as somebody is here, and so has to be kept to for as long."""
HOLDS = ("open", "done")
_REQUESTS = table(
    "privacy_request",
    column("asker_id"),
    column("kind"),
    column("about"),
    column("state"),
)


def objected(about: str) -> Select[Any]:
    """Return a query of the ids of everybody who objected to this."""
    asker = _REQUESTS.c.asker_id
    return select(asker).where(
        asker.is_not(None),
        _REQUESTS.c.kind == "object",
        _REQUESTS.c.about == about,
        _REQUESTS.c.state.in_(HOLDS),
    )
