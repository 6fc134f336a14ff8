"""The verb that changes one thing of many people. It never commits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.checkins.signals import handing
from mentorship.insight.many import queries, rules
from mentorship.insight.many.rules import GIVE, ROSTER, SITE, Plan
from mentorship.people import actions as people
from mentorship.people import queries as people_queries
from mentorship.people.access import Actor
from mentorship.people.rules import check_given
from mentorship.profiles.filled import actions as filled


def planned(
    session: Session,
    actor: Actor,
    ids: Collection[int],
    what: str,
    value: str | int,
    now: datetime,
) -> Plan:
    """Return what a change would come to; refuse a role or a site that nobody may be given so."""
    if what == SITE:
        people.open_site(session, int(value))
    elif what != ROSTER:
        check_given(actor, [str(value)])
    found = queries.here(session, ids)
    stands = queries.stands(
        session,
        what,
        found,
        local_date(now),
    )
    return rules.plan(
        what,
        value,
        stands,
        actor.person_id,
    )


def change(
    session: Session,
    actor: Actor,
    ids: Collection[int],
    what: str,
    value: str | int,
    now: datetime,
) -> Plan:
    """Change one thing of all of these of whom it can be; it is undone as one."""
    plan = planned(
        session,
        actor,
        ids,
        what,
        value,
        now,
    )
    if what == ROSTER:
        filled.give_roster(
            session,
            actor,
            plan.changes,
            int(value),
            now,
        )
    elif what == SITE:
        people.move(
            session,
            actor,
            plan.changes,
            int(value),
            now,
        )
    else:
        _set_role(
            session,
            actor,
            plan.changes,
            str(value),
            now,
            gives=what == GIVE,
        )
    return plan


def _set_role(
    session: Session,
    actor: Actor,
    ids: Collection[int],
    role: str,
    now: datetime,
    *,
    gives: bool,
) -> None:
    held = people_queries.roles_of_many(session, ids)
    for person_id in ids:
        roles = set(held.get(person_id, []))
        if gives:
            roles.add(role)
        else:
            roles.discard(role)
        people.set_roles(
            session,
            actor,
            person_id,
            roles,
            now,
        )
        handing.of_owner(session, person_id, now)
