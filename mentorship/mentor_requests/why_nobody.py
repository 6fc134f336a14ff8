"""Why nobody was found, and what would help: honest, in merged counts, without anybody's name or block. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.mentor_requests.models import RequestOutcome


@dataclass(frozen=True)
class Reason:
    """What stood in the way, and what would help."""

    why: str
    helps: str


HELPS = (
    N_(
        "Choose a nearer target, or make another need the main one. Ask your manager whether an outside course can "
        "fill the gap."
    ),
    N_(
        "Ask your manager whether you can work other shifts for a while, or learn a part of it at a distance. Does your"
        " roster stand right in your profile?"
    ),
    N_("Your request stays open: as soon as a place comes free it counts in the next round."),
    N_("Say how you like to learn, add a second need, or name the people you would like: then you may match better."),
    N_(
        "It does not say anything about you. Your request stays open for the next round; one place more helps, and your"
        " coordinator knows where."
    ),
)
"""What helps, by how many of the four counts are above none."""


def reason(outcome: RequestOutcome, domain: str) -> Reason:
    """Return the reason for whoever asked, with the domain of the main need."""
    counts = outcome.able, outcome.reachable, outcome.free, outcome.fitting
    stage = [*counts, 0].index(0)
    why = _why(outcome, stage, domain)
    return Reason(why, gettext(HELPS[stage]))


def _why(outcome: RequestOutcome, stage: int, domain: str) -> str:
    if stage == 0:
        return gettext("No colleague who wants to pass on %(domain)s is far enough for what you ask.", domain=domain)
    if stage == 1:
        return ngettext(
            "%(num)s colleague can teach you %(domain)s, but cannot be paired with you now: site, language, shifts or"
            " another rule stand in the way.",
            "%(num)s colleagues can teach you %(domain)s, but none can be paired with you now: site, language, shifts"
            " or another rule stand in the way.",
            outcome.able,
            domain=domain,
        )
    if stage == 2:
        return ngettext(
            "%(num)s colleague fits, but has no free place.",
            "%(num)s colleagues fit, but none has a free place.",
            outcome.reachable,
        )
    if stage == 3:
        return gettext(
            "There was a free place, but the fit was under the bar that your company set, or the coordinator"
            " decided otherwise."
        )
    return ngettext(
        "%(num)s mentor fits, but there were more requests than places.",
        "%(num)s mentors fit, but there were more requests than places.",
        outcome.fitting,
    )
