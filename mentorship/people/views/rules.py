"""How many views of a list somebody keeps, and how long."""

from __future__ import annotations

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.people.views.models import LONGEST_QUERY

MOST = 8


def check_room(kept: int) -> None:
    """Refuse one view more than the tabs of a list have room for."""
    if kept >= MOST:
        raise Refused(N_("You keep eight views of this list already. Remove one first."), field="name")


def check_length(query: str) -> None:
    """Refuse a view that takes more room than there is once each of its letters is written as an address has it."""
    if len(query) > LONGEST_QUERY:
        raise Refused(
            N_("This list is narrowed down by too much to keep it. Choose less, and save again."), field="name"
        )
