"""What changed in an outcome since the quarter before, in words."""

from __future__ import annotations

from mentorship.base.i18n import gettext, integer
from mentorship.insight.outcomes import words
from mentorship.insight.outcomes.rules import COUNTS, HOURS, LASTS, Figure


def changed(key: str, now: Figure, before: Figure | None) -> str:
    """Say how an outcome differs from that of the quarter before; of few it is said what it was, and no more."""
    if before is None:
        return gettext("nothing is known of the quarter before")
    if key in COUNTS:
        return _count(now.number, before.number)
    was = words.figure(key, before)
    if was == words.NONE:
        return gettext("there was nothing to count the quarter before")
    if key in LASTS:
        return _lasts(now.median, before.median, was)
    if key == HOURS:
        return gettext("was %(figure)s", figure=was)
    return _share(now, before, was)


def _count(now: int, before: int) -> str:
    more = now - before
    if not more:
        return gettext("as many as the quarter before")
    if more > 0:
        return gettext("%(number)s more than the quarter before", number=integer(more))
    return gettext("%(number)s fewer than the quarter before", number=integer(-more))


def _lasts(now: int | None, before: int | None, was: str) -> str:
    if now is None or before is None:
        return gettext("was %(figure)s", figure=was)
    weeks, earlier = words.weeks(now), words.weeks(before)
    if weeks == earlier:
        return gettext("as long as the quarter before")
    if weeks < earlier:
        return gettext("sooner: was %(figure)s", figure=was)
    return gettext("later: was %(figure)s", figure=was)


def _share(now: Figure, before: Figure, was: str) -> str:
    few = min(now.of or 0, before.of or 0) < words.LEAST_FOR_PERCENT
    if few or now.share is None or before.share is None:
        return gettext("was %(figure)s; too few to compare", figure=was)
    if round(now.share, 2) == round(before.share, 2):
        return gettext("the same share as the quarter before")
    if now.share > before.share:
        return gettext("more: was %(figure)s", figure=was)
    return gettext("less: was %(figure)s", figure=was)
