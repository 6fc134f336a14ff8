"""The words on the page of a duo."""

from __future__ import annotations

from mentorship.base.i18n import N_, gettext
from mentorship.mentorships.models import ACTIVE, PAUSED

LINE_TITLES = {
    None: N_("My trend"),
    "up": N_("My trend is going up"),
    "down": N_("My trend is going down"),
    "level": N_("My trend is steady"),
}
"""By the trend of one's own line; None where it has none yet."""


def way_to_the_pair(side: bool, status: str) -> str:
    """Name the page of the pair, by what a side can do there, or the coordinator read."""
    if not side:
        return gettext("Why these two")
    if status in (ACTIVE, PAUSED):
        return gettext("Why you two, pause, end")
    return gettext("Why you two")
