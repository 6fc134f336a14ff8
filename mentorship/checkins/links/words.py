"""The words of codes on paper."""

from __future__ import annotations

from mentorship.base.i18n import gettext, ngettext


def heading(number: int) -> str:
    """Say how many people without mail have a check-in waiting."""
    if number == 0:
        return gettext("Nobody needs a slip")
    return ngettext(
        "%(num)s person without e-mail has a check-in waiting",
        "%(num)s people without e-mail have a check-in waiting",
        number,
    )
