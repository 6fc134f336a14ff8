"""Pure decisions about stand-ins: who may be one, and on which days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.people.access import COORDINATOR, MANAGER

LONGEST = timedelta(days=371)
PROPOSED = timedelta(days=6)
"""A week is proposed: the first day and six more."""


def check(person: int, stand_in: int, roles: Collection[str]) -> None:
    """Refuse somebody as their own stand-in, and who could do nothing with it."""
    if stand_in == person:
        raise Refused(N_("Nobody stands in for themselves: choose somebody else."), field="stand_in")
    if MANAGER not in roles and COORDINATOR not in roles:
        raise Refused(N_("Choose somebody who is a manager or a coordinator too."), field="stand_in")


def check_days(first: date, last: date, today: date) -> None:
    """Refuse days in the wrong order, over, or too far ahead."""
    if last < first:
        raise Refused(N_("The last day is before the first."), field="last_day")
    if last < today:
        raise Refused(N_("Choose a day that is still to come."), field="last_day")
    if last > today + LONGEST:
        raise Refused(N_("At most a year ahead."), field="last_day")
