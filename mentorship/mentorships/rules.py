"""Pure decisions about a mentorship: who answers what, and where it goes from there."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED, PROPOSED, REFUSED
from mentorship.mentorships.models import JUNIOR as JUNIOR
from mentorship.mentorships.models import MENTOR as MENTOR

PAUSE = timedelta(weeks=4)
"""How long a pause is unless somebody says otherwise."""
PAUSES = (1, 2, 4, 8)
"""The pauses that are offered for a tap, in weeks."""
LONGEST_PAUSE = timedelta(weeks=26)
_AFTER = {
    (ACTIVE, "pause"): PAUSED,
    (PAUSED, "resume"): ACTIVE,
    (ACTIVE, "end"): ENDED,
    (PAUSED, "end"): ENDED,
}


def began(status: str) -> bool:
    """Tell whether a pair ran at some time: it runs, pauses or ended, rather than being proposed."""
    return status in (ACTIVE, PAUSED, ENDED)


def check_side(side: str | None) -> str:
    """Return the side somebody is on; refuse who is on neither."""
    if side is None:
        raise Refused(N_("This pair is not yours."))
    return side


def still_stands(status: str, accept: bool) -> bool:
    """Tell whether an answer given before is what counts still, so that giving it again changes nothing."""
    if accept:
        return status in (PROPOSED, ACTIVE)
    return status == REFUSED


def after_answer(status: str, mentor: bool | None, junior: bool | None, *, held: bool = False) -> str:
    """Return the status of a proposal after an answer: refused by either, active by both, else still proposed.

    While it is `held`, as managers may still object, it is not active by both yet.
    """
    if status != PROPOSED:
        raise Refused(N_("This proposal was already answered or is no longer there."))
    if mentor is False or junior is False:
        return REFUSED
    if mentor and junior and not held:
        return ACTIVE
    return PROPOSED


def is_held(objections_until: datetime | None, now: datetime) -> bool:
    """Tell whether managers may still object to a pair, so that it does not start yet."""
    return objections_until is not None and now < objections_until


def after_step(status: str, step: str) -> str:
    """Return the status after `pause`, `resume` or `end`."""
    if (status, step) not in _AFTER:
        raise Refused(N_("This cannot be done with this pair now."))
    return _AFTER[status, step]


def last_day(proposed_on: date, days: int) -> date:
    """Return the last day on which a proposal can be answered."""
    return proposed_on + timedelta(days=days)


def check_pause(until: date, today: date) -> None:
    """Refuse a pause that is over already, or so long that it is an ending."""
    if until <= today:
        raise Refused(N_("Choose a day after today."), field="until")
    if until > today + LONGEST_PAUSE:
        raise Refused(N_("A pause lasts at most half a year. Does it take longer? Then better end it."), field="until")
