"""Pure decisions about leaving: which day may be the last, and who has to stay."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

LONGEST_AGO = timedelta(days=365)
LONGEST_AHEAD = timedelta(days=3 * 365)
FEW = 20
"""One in so many people may leave at once; more has to be confirmed."""
WITHOUT: Mapping[str, str] = {
    "admin": N_("There would be no admin left. Name another one first."),
    "coordinator": N_("There would be no coordinator left. Name another one first."),
}
"""What is refused when nobody holds a role any more."""


def check_day(day: date, today: date) -> None:
    """Refuse a last day that is so far off that it must be a slip."""
    if day < today - LONGEST_AGO:
        raise Refused(N_("That is more than a year ago. Choose a later day."), field="last_day")
    if day > today + LONGEST_AHEAD:
        raise Refused(N_("That is more than three years ahead. Choose an earlier day."), field="last_day")


def check_here(left_on: date | None) -> None:
    """Refuse to let somebody leave who did."""
    if left_on is not None:
        raise Refused(N_("This person left already."))


def check_staying(role: str, staying: Collection[int], leavers: Collection[int], held: bool) -> None:
    """Refuse that everybody leaves who holds a role that the programme cannot do without."""
    if held and not set(staying) - set(leavers):
        raise Refused(WITHOUT[role])


def check_share(leavers: int, everybody: int, *, confirmed: bool) -> None:
    """Refuse that more than one in twenty leave at once, unless that was confirmed: a file may be half a file."""
    if leavers * FEW > everybody and not confirmed:
        raise Refused(
            N_(
                "%(number)s of the %(everybody)s people would leave, more than one in twenty. If that is right, confirm"
                " it."
            ),
            number=leavers,
            everybody=everybody,
        )
