"""Pure decisions about many people at once: for whom a change is one, and for whom it may not be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

GIVE, TAKE, SITE, ROSTER = "give", "take", "site_id", "roster_id"


@dataclass(frozen=True)
class Plan:
    """Of whom something changes, of whom it is so already, and of whom it may not be changed."""

    changes: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


def plan(what: str, value: str | int, stands: Mapping[int, Collection[str | int]], me: int) -> Plan:
    """Sort people by what becomes of them; `stands`: the roles, or the one site or roster, that each has.

    Nobody gives a role to themselves.
    """
    found = Plan()
    for person_id, held in stands.items():
        has = value in held
        if has is (what != TAKE):
            found.same.append(person_id)
        elif what == GIVE and person_id == me:
            found.refused.append(person_id)
        else:
            found.changes.append(person_id)
    return found
