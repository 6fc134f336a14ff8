"""What is being done for somebody who waits, as they read it: no names, and no count under three. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.mentor_requests.rules import TOLD_FROM


def doing(asked_at: Sequence[datetime], outside_on: date | None) -> list[str]:
    """Return what was done: of whom a place was asked, and when; since when a training outside is looked for."""
    told = []
    if asked_at:
        last = day(local_date(max(asked_at)))
        if len(asked_at) < TOLD_FROM:
            told.append(
                gettext(
                    "We asked a colleague for a place for you on %(day)s.",
                    day=last,
                )
            )
        else:
            several = ngettext(
                "We asked %(num)s colleague for a place for you, the last on %(day)s.",
                "We asked %(num)s colleagues for a place for you, the last on %(day)s.",
                len(asked_at),
                day=last,
            )
            told.append(several)
    if outside_on is not None:
        looked_for = gettext(
            "The coordinator looks for a training outside for you, since %(day)s.",
            day=day(outside_on),
        )
        told.append(looked_for)
    return told
