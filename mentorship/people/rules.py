"""Pure decisions about people: who may give or lose a role, and the reporting line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from mentorship.base.errors import Refused
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
    changed = set(before) ^ set(after)
    if changed & POWERFUL and not actor.has(ADMIN):
        raise Refused(N_("An admin alone gives and takes the roles of coordinator, HR and admin."))
    if ADMIN not in before or ADMIN in after:
        return
    if set(admins) <= {person_id}:
        raise Refused(N_("There must be at least one admin."))
    if actor.person_id == person_id:
        raise Refused(N_("Another admin has to take this role from you."))


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


def check_line(person_id: int, manager_id: int | None, above: Mapping[int | None, int | None]) -> None:
    """Refuse a manager who reports, directly or not, to the person; `above` maps each person to their manager."""
    seen: set[int] = set()
    while manager_id is not None and manager_id not in seen:
        if manager_id == person_id:
            raise Refused(
                N_("This manager reports to this person, directly or through others."),
                field="manager",
            )
        seen.add(manager_id)
        manager_id = above.get(manager_id)
