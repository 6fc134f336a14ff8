"""Pure decisions about proposals that wait."""

from __future__ import annotations

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.mentorships.models import PROPOSED


def check_waits(status: str) -> None:
    """Refuse what is no proposal that waits any more."""
    if status != PROPOSED:
        raise Refused(N_("This proposal was already answered or is no longer there."))
