"""How the running pairs stand, in words."""

from __future__ import annotations

from collections.abc import Mapping

from mentorship.base.i18n import ngettext

URGENT = "talk_now"


def finding(counts: Mapping[str, int], total: int) -> str:
    """Say what asks for something first of the pairs that run, or how many go well."""
    if counts[URGENT]:
        return ngettext("%(num)s pair has to talk now", "%(num)s pairs have to talk now", counts[URGENT])
    asking = counts["stuck"] + counts["on_reserve"]
    if asking:
        return ngettext(
            "%(num)s pair is stuck or stretched",
            "%(num)s pairs are stuck or stretched",
            asking,
        )
    if counts["in_balance"]:
        return ngettext("%(num)s pair goes well", "%(num)s pairs go well", counts["in_balance"])
    return ngettext(
        "Of %(num)s pair it is not known yet how it goes",
        "Of %(num)s pairs it is not known yet how it goes",
        total,
    )
