"""Pure decisions on notes: when there can be one more, and who takes one back."""

from __future__ import annotations

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

MOST = 20
"""Notes about one request of a round."""


def check_note(status: str, notes: int) -> None:
    """Refuse a note about a round that is over, and one too many."""
    if status == "closed":
        raise Refused(N_("This round is closed, so nothing is noted in it any more."))
    if notes >= MOST:
        raise Refused(N_("There are twenty notes about this request already. Withdraw one first."))


def check_take_back(by_id: int, person_id: int) -> None:
    """Refuse to take back what somebody else wrote."""
    if by_id != person_id:
        raise Refused(N_("Only who wrote this note can withdraw it."))
