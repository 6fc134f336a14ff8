"""The words for what another choice, or another place, would change."""

from __future__ import annotations

import math

from mentorship.base.i18n import decimal, gettext, ngettext


def objective(change: tuple[float, ...]) -> str:
    """Say a change of a round's objective: matches first, then value."""
    if any(map(math.isnan, change)):
        return gettext("every place is locked")
    *matches, value = change
    told = []
    for number in matches:
        if number:
            told.append(ngettext("%(num)s match", "%(num)s matches", round(number)))
    if value or not told:
        told.append(gettext("value %(value)s", value=decimal(value, 3, True)))
    return "; ".join(told)
