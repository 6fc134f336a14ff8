"""Whom to sign in as: one person per role who has something to do."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.demo.questions import waiting
from mentorship.insight.queries import workload
from mentorship.people.access import ADMIN, COORDINATOR, HR, JUNIOR, MANAGER, SENIOR
from mentorship.people.models import Person
from mentorship.people.queries import line_below, people_with_role
from mentorship.rounds.announcing import queries as announcing


def who(session: Session, now: datetime) -> list[tuple[str, str, str]]:
    """Return (name, number, role) of one person per role who has something to do."""
    proposal = session.exec(waiting()).first()
    chosen: dict[str, int | None] = {}
    if proposal is not None:
        chosen[JUNIOR] = proposal.junior_id
        chosen[SENIOR] = proposal.mentor_id
    chosen[MANAGER] = _busiest_manager(session, now)
    for role in (COORDINATOR, HR, ADMIN):
        chosen[role] = min(people_with_role(session, role), default=None)
    found = []
    for role, person_id in chosen.items():
        if person_id is not None:
            person = session.get_one(Person, person_id)
            found.append((person.name, person.number, role))
    return found


def _busiest_manager(session: Session, now: datetime) -> int | None:
    """Return a manager with hours to confirm, and asked about a pair, if there is one; of a small line first."""
    managers = sorted(people_with_role(session, MANAGER))
    today = local_date(now)
    loads = workload(session, None, today)
    asked = _asked_about_pairs(session, now)

    def busy(manager: int) -> tuple[bool, bool, bool, int]:
        below = session.scalars(line_below(manager))
        people = set(below)
        line = [load for load in loads if load.person.id in people]
        waits = any(load.waits for load in line)
        guides = any(load.taken for load in line)
        return not waits, manager not in asked, not guides, len(line)

    return min(managers, key=busy, default=None)


def _asked_about_pairs(session: Session, now: datetime) -> set[int]:
    """Return the managers who said nothing yet to a pair of an announced round."""
    found = set()
    for pair in announcing.announced(session, now):
        for one in pair.asked:
            if one.said is None:
                found.add(one.manager_id)
    return found
