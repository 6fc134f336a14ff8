"""Pure decisions about a mentor request."""

from __future__ import annotations

from collections.abc import Collection

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.mentor_requests.models import OPEN

MOST_NEEDS = 3
TOLD_FROM = 3
"""Fewer people than this are not counted out to somebody who asks: a number may not point at one of them."""


def check_need(current: int, target: int) -> None:
    """Refuse a target that is not above the current level."""
    if target <= current:
        raise Refused(N_("Choose a goal above where you are now."))


def check_room(domains: Collection[int], domain_id: int) -> None:
    """Refuse a fourth need; naming a domain again changes it."""
    if domain_id not in domains and not has_room(len(domains)):
        raise Refused(N_("A request has at most three needs. Remove one first."))


def has_room(needs: int) -> bool:
    """Tell whether a request with so many needs can take another."""
    return needs < MOST_NEEDS


def importance_at(position: int) -> int:
    """Return the importance a need gets by its place: the main need most."""
    return MOST_NEEDS + 1 - position


def check_open(status: str, field: str = "") -> None:
    """Refuse to change a request (or one `field` of it) that is not open any more."""
    if status != OPEN:
        raise Refused(N_("This request is not open any more, so it cannot be changed."), field=field)
