"""Pure decisions about people: who may give or lose a role, and the reporting line."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.people.access import ADMIN


def check_roles(
    actor_id: int,
    person_id: int,
    before: Collection[str],
    after: Collection[str],
    admins: Collection[int],
) -> None:
    """Refuse to leave the service without an admin, or to take the admin role from oneself."""
    if ADMIN not in before or ADMIN in after:
        return
    if set(admins) <= {person_id}:
        raise Refused(N_("There must be at least one admin."))
    if actor_id == person_id:
        raise Refused(N_("Another admin has to take this role from you."))


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
