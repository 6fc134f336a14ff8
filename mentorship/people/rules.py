"""Pure decisions about people: who may give or lose a role, and the reporting line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.people.access import ADMIN, POWERFUL, Actor
from mentorship.people.models import ROLES


def check_roles(
    actor: Actor,
    person_id: int,
    before: Collection[str],
    after: Collection[str],
    admins: Collection[int],
) -> None:
    """Refuse roles for oneself, roles that an admin alone gives, and to leave the service without an admin."""
    given = set(after) - set(before)
    if given and actor.person_id == person_id:
        raise Refused(N_("Nobody gives a role to themselves. Ask somebody else who may."))
    check_given(actor, set(before) ^ set(after))
    if ADMIN not in before or ADMIN in after:
        return
    if set(admins) <= {person_id}:
        raise Refused(N_("There must be at least one admin."))
    if actor.person_id == person_id:
        raise Refused(N_("Another admin has to take this role from you."))


def check_given(actor: Actor, roles: Collection[str]) -> None:
    """Refuse to give or take roles that are not this actor's to give or take."""
    if not may_give(actor).issuperset(roles):
        raise Refused(
            N_("An admin alone gives and takes the roles of coordinator, HR and admin."),
            field="roles",
        )


def may_give(actor: Actor) -> frozenset[str]:
    """Return the roles that somebody gives to others and takes from them."""
    roles = frozenset(ROLES)
    if actor.has(ADMIN):
        return roles
    return roles - POWERFUL


def check_here(left_on: date | None) -> None:
    """Refuse a role for who left."""
    if left_on is not None:
        raise Refused(N_("This person has left, so there are no roles to give."))


def mark(*values: object) -> str:
    """Write down how something was shown, so that a change by somebody else is seen before one saves one's own."""
    told = repr(values).encode(errors="surrogatepass")
    return sha256(told).hexdigest()[:16]


def check_seen(seen: str, *values: object) -> None:
    """Refuse to change what somebody else changed since it was shown; "" when it was not shown before."""
    if seen and seen != mark(*values):
        raise Conflict(N_("Somebody changed this while you were at it. Look at what stands here now, and save again."))


def check_line(person_id: int, manager_id: int | None, above: Mapping[int, Collection[int]]) -> None:
    """Refuse a manager who reports, directly or not, to the person; `above` maps each person to all their managers."""
    if manager_id is None:
        return
    seen: set[int] = set()
    to_see = {manager_id}
    while to_see:
        seen |= to_see
        nearest = [above.get(one, ()) for one in to_see]
        to_see = set().union(*nearest) - seen
    if person_id in seen:
        raise Refused(
            N_("This manager reports to this person, directly or through others."),
            field="manager",
        )
