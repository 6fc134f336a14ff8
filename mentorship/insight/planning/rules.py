"""Who may let a planning system read, of whom, and how many addresses are enough. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.people.access import COORDINATOR, MANAGER


@dataclass(frozen=True)
class Wanted:
    """An address that is asked for: who reads it, of whom it tells (None: of everybody), and whether it names them."""

    name: str
    manager_id: int | None
    site_id: int | None
    names: bool


WEEKS = 8
"""Weeks that an address tells of, from today on."""
MOST = 20
"""Addresses that one person can have at a time."""


def may_give(roles: Collection[str], maker_id: int, manager_id: int | None) -> bool:
    """Tell whether somebody with these roles may give away the hours of a line: a manager those of their own alone."""
    if COORDINATOR in roles:
        return True
    return MANAGER in roles and maker_id == manager_id


def check_on(on: bool) -> None:
    """Refuse while the service does not give hours to a planning system."""
    if not on:
        raise Refused(N_("No planning system is switched on. Who runs the service can do that."))


def check_number(number: int) -> None:
    """Refuse one more address than somebody needs."""
    if number >= MOST:
        raise Refused(N_("You have 20 addresses already. Stop one that nobody reads any more first."))
