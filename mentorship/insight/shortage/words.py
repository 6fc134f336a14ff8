"""Where places are short, in words."""

from __future__ import annotations

from collections.abc import Sequence

from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.insight.shortage.rows import Short

NO_SHORTAGE = N_("Everybody who waits can get a mentor now")


def heading(shorts: Sequence[Short]) -> str:
    """Say how many stay without a mentor today."""
    number = sum(short.without for short in shorts)
    if not number:
        return gettext(NO_SHORTAGE)
    return ngettext(
        "%(num)s person finds no mentor now",
        "%(num)s people find no mentor now",
        number,
    )


def brings(short: Short, name: str, site: str) -> str:
    """Say what the place that helps most brings."""
    if short.gain is None:
        return gettext("A place more helps nobody here: nobody lacks only a place.")
    where = {"name": name, "site": site}
    if not short.helps:
        return gettext("A place more with %(name)s (%(site)s) helps nobody to a mentor.", **where)
    return ngettext(
        "One place more with %(name)s (%(site)s) helps %(num)s more person to a mentor.",
        "One place more with %(name)s (%(site)s) helps %(num)s more people to a mentor.",
        short.gain.requests,
        **where,
    )
