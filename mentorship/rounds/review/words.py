"""The words for what another choice, or another place, would change: people first, then how well it fits together."""

from __future__ import annotations

import math

from mentorship.base.i18n import gettext, ngettext

NOTHING = 1e-6


def costs(loss: tuple[float, ...], *, waits: bool) -> str:
    """Say what a choice, or one place fewer, costs the whole round; `waits`: waiting counts in it."""
    if any(map(math.isnan, loss)):
        return gettext("every place is locked")
    *matches, value = loss
    lost = round(sum(matches))
    if lost:
        return ngettext(
            "%(num)s junior then has no mentor",
            "%(num)s juniors then have no mentor",
            lost,
        )
    return _counts(-value) if waits else _fits(-value)


def brings(gain: tuple[float, ...], *, waits: bool) -> str:
    """Say what one place more brings the whole round; `waits`: waiting counts in it."""
    *matches, value = gain
    won = round(sum(matches))
    if won:
        return ngettext(
            "%(num)s junior more has a mentor",
            "%(num)s juniors more have a mentor",
            won,
        )
    return _counts(value) if waits else _fits(value)


def _fits(value: float) -> str:
    points = round(100 * value)
    if points > 0:
        return ngettext("together it fits %(num)s point better", "together it fits %(num)s points better", points)
    if points < 0:
        return ngettext("together it fits %(num)s point less", "together it fits %(num)s points less", -points)
    if abs(value) > NOTHING:
        return gettext("next to nothing: less than one point")
    return gettext("nothing: it is as good")


def _counts(value: float) -> str:
    points = round(100 * value)
    if points > 0:
        return ngettext(
            "%(num)s point better, with waiting counted", "%(num)s points better, with waiting counted", points
        )
    if points < 0:
        return ngettext(
            "%(num)s point less, with waiting counted", "%(num)s points less, with waiting counted", -points
        )
    if abs(value) > NOTHING:
        return gettext("next to nothing: less than one point")
    return gettext("nothing, with waiting counted")
