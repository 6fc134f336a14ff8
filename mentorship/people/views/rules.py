"""How many views of a list somebody keeps."""

from __future__ import annotations

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

MOST = 8


def check_room(kept: int) -> None:
    """Refuse one view more than the tabs of a list have room for."""
    if kept >= MOST:
        raise Refused(N_("You keep eight views of this list already. Remove one first."), field="name")
