"""The words on the page of hours."""

from __future__ import annotations

from collections.abc import Collection

from mentorship.base.i18n import gettext, ngettext
from mentorship.mentorships.hours.queries import WeekToNote


def heading(cards: Collection[WeekToNote], *, guides: bool) -> str:
    """Return what stands above the page: how many weeks that are over are still to be noted."""
    if not guides:
        return gettext("You mentor nobody now")
    over = sum(card.has_passed for card in cards)
    if not over:
        return gettext("Did you work together this week?") if cards else gettext("Every week is logged")
    return ngettext("%(num)s week still to log", "%(num)s weeks still to log", over)
