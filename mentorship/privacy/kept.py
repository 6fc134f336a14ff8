"""How long something is kept, in the reader's words: from what its table states and the settings of the programme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.base.personal import (
    ENDED,
    HOLDS,
    LAST_DAY,
    LEFT,
    MADE,
    OVER,
    PAIR_ENDED,
    PERSONAL,
    SENT,
    USED,
    Term,
)


class Months(Protocol):
    """For how many months each part is kept: the settings, or what a paper says of them."""

    @property
    def notes_months(self) -> int:
        """For notes."""

    @property
    def answers_months(self) -> int:
        """For answers, signals and hours."""

    @property
    def pairs_months(self) -> int:
        """For pairs."""


SINCE = {
    LEFT: N_("until %(time)s after the person left"),
    PAIR_ENDED: N_("until %(time)s after the pair ended"),
    OVER: N_("until %(time)s after the last step"),
    MADE: N_("until %(time)s after it was made"),
    ENDED: N_("until %(time)s after it ended"),
    USED: N_("until %(time)s after its last use"),
    LAST_DAY: N_("until %(time)s after the last day of it"),
    HOLDS: N_("until %(time)s after the next one began"),
    SENT: N_("until %(time)s after it was sent or given up"),
}


def months(term: Term, programme: Months) -> int:
    """Return the calendar months of a term; 0 for one in days or minutes."""
    if term.setting:
        return int(getattr(programme, term.setting))
    return term.months


def kept_for(info: Mapping[str, Any], programme: Months) -> str:
    """Return how long what a table or column states of itself is kept; `info` may be the whole or the statement."""
    stated = info.get(PERSONAL, info)
    said = [_said(term, programme) for term in stated["retention"]]
    if len(said) == 1:
        return said[0]
    first, *rest = said
    for other in rest:
        first = gettext(
            "%(one)s, and at most %(other)s",
            one=first,
            other=other,
        )
    return first


def _said(term: Term, programme: Months) -> str:
    return gettext(SINCE[term.since], time=_time(term, programme))


def _time(term: Term, programme: Months) -> str:
    lasts = months(term, programme)
    if lasts:
        return ngettext("%(num)s month", "%(num)s months", lasts)
    return short(term)


def short(term: Term) -> str:
    """Return how long a term in days or minutes is."""
    if term.days:
        return ngettext("%(num)s day", "%(num)s days", term.days)
    return ngettext("%(num)s minute", "%(num)s minutes", term.minutes)
