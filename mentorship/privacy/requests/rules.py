"""Pure decisions about requests: until when, and what may still be done with one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.people.objections import HOLDS, STANDING

MONTH = 1
"""In how many months a request is answered (GDPR art. 12(3))."""
LONGER = 2
"""How many more, where it is complex or there are many, with a reason."""


def due_on(received: date, months: int = MONTH) -> date:
    """Return the last day on which a request is answered in time; of a month without that day the last it has."""
    months_passed = received.year * 12 + received.month - 1 + months
    year, earlier = divmod(
        months_passed,
        12,
    )
    month = earlier + 1
    last_day = monthrange(
        year,
        month,
    )[1]
    return date(
        year,
        month,
        min(
            received.day,
            last_day,
        ),
    )


def check_open(state: str) -> None:
    """Refuse to settle what was settled."""
    if state != "open":
        raise Conflict(N_("This was settled in the meantime. Nothing was changed."))


def may_withdraw(state: str, about: str) -> bool:
    """Tell whether who asked may withdraw it: while it is open, and what is held to for as long as they are here."""
    return state == "open" or (about in STANDING and state in HOLDS)


def check_withdraw(state: str, about: str) -> None:
    """Refuse to withdraw what is settled, but for an objection that is held to."""
    if not may_withdraw(state, about):
        check_open(state)


def check_other(own: bool) -> None:
    """Refuse to carry out what one asked oneself."""
    if own:
        raise Refused(N_("This is your own request. Another admin carries it out."))


def check_first(open_already: bool) -> None:
    """Refuse the same request twice at once."""
    if open_already:
        raise Refused(N_("You asked this already. Below is how it stands."))


def check_extends(extended: bool, due: date, today: date) -> None:
    """Refuse to extend twice, or after the time was over (GDPR art. 12(3): within a month)."""
    if extended:
        raise Refused(N_("This was extended already; that can be done once."))
    if today > due:
        raise Refused(N_("The month is over; then it cannot be extended any more."))


def is_late(due: date, today: date) -> bool:
    """Tell whether the time is over."""
    return today > due
